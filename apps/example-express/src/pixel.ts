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
  /** Where the stand-in sends events. Absent: Meta's own Pixel is loaded. */
  readonly pixelUrl?: string | undefined
}

export function pixelMarkup(options: PixelOptions, events: readonly PixelEvent[]): Html {
  const { pixelId } = options
  if (pixelId === undefined) return html``
  return html`
    ${jsonBlock('pixel-events', { pixelId, events })}
    ${pixelScript(options.pixelUrl)}
    <script src="/pixel-calls.js" defer></script>`
}

/** Meta's Pixel, or its stand-in: the one place that decides. */
function pixelScript(pixelUrl: string | undefined): Html {
  if (pixelUrl !== undefined) {
    return html`<script src="/pixel-stub.js" data-url="${pixelUrl}" defer></script>`
  }
  return html`<script src="/pixel-queue.js" defer></script>
    <script src="https://connect.facebook.net/en_US/fbevents.js" defer></script>`
}
