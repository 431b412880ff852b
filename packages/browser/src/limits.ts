/** More is a loop, or a page without a Pixel. */
export const MAX_WAITING = 50
/** How long events wait for the app's answer. */
export const IN_APP_MS = 500
/** How often the page's own Pixel is looked for. */
export const RETRY_MS = 500
export const MAX_RETRIES = 99
/** Most that a collector takes unless `maxBytes` says otherwise; browsers keep 64 KiB of requests alive beyond a page. */
export const MAX_BYTES = 16_384
