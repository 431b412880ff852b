import { signal } from '@preact/signals'
import { compact } from '../model/payload.ts'
import { prettyJson } from '../model/pretty-json.ts'
import { openDialog } from './dialogs.ts'

/** What the Resend drawer holds, as typed. It stays when the drawer closes and when the tab changes. */
export interface ResendDraft {
  readonly pixelId: string
  /** The body of the call, meant to be JSON. */
  readonly text: string
}

export const resendDraft = signal<ResendDraft>({ pixelId: '', text: '' })

/**
 * Opens the drawer with a call: its dataset, and its body as JSON or as the text it was.
 * @example
 * openResend({ pixelId: event.pixel_id, body: bodyOf(event) })
 */
export function openResend({
  pixelId,
  body,
}: {
  readonly pixelId: string
  readonly body: unknown
}): void {
  const { text, isCut } = prettyJson(body)
  resendDraft.value = { pixelId, text: isCut ? whole(body) : text }
  openDialog('resend')
}

function whole(body: unknown): string {
  return typeof body === 'string' ? body : compact(body)
}
