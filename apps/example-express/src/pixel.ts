import type { CustomData } from '@capi/core'
import { type Html, html, jsonBlock } from './html.ts'

/** The browser's copy of a server event: same name, same data, same id. */
export interface PixelEvent {
  readonly event_name: string
  readonly custom_data: CustomData
  readonly event_id: string
}

export interface PixelOptions {
  /** Absent: the pages carry no Pixel. */
  readonly pixelId?: string | undefined
  /** Where the emulator is, whose Pixel is then loaded. Absent: Meta's own. */
  readonly pixelUrl?: string | undefined
}

export function pixelMarkup(options: PixelOptions, events: readonly PixelEvent[]): Html {
  const { pixelId, pixelUrl } = options
  if (pixelId === undefined) return html``
  const script = pixelUrl && { pixelUrl: `${pixelUrl.replace(/\/+$/, '')}/en_US/fbevents.js` }
  return html`
    ${jsonBlock('pixel-events', { pixelId, ...script, events })}
    <script src="/events/c.js" defer></script>
    <script src="/tracker.js" defer></script>`
}
