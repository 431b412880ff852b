import type { ResolvedOptions } from './options.ts'

/** What the log, and the error of `send`, say of a client that cannot send by itself: what is missing, and what reads the environment. */
export function nothingIsSent({ accessToken = '', gateway, pixelIds }: ResolvedOptions): string {
  const missing = [
    ...(pixelIds.length === 0 ? ['pixelId'] : []),
    ...(accessToken === '' && gateway === undefined ? ['accessToken'] : []),
  ].join(' and ')
  const isTold = missing === 'pixelId'
  return (
    `@capi/core: ${isTold ? 'only events whose scope names a pixel are sent, capi.with({ pixelId })' : 'no events are sent'}, for the client has no ${missing}. createCapi() reads no environment: write ` +
    'createCapi(optionsFromEnv(process.env)), or pass the options. capiMiddleware() and CapiModule.forRoot() read it. The variables are ' +
    `META_PIXEL_ID and META_CAPI_ACCESS_TOKEN (${isTold ? 'pixel_id_missing' : 'access_token_missing'}).`
  )
}
