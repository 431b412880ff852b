import { signal } from '@preact/signals'

export type DialogId = 'help' | 'clear' | 'clock' | 'resend'

export const dialog = signal<DialogId | undefined>(undefined)

export function openDialog(id: DialogId): void {
  dialog.value = id
}

/** Does nothing when another window has opened meanwhile. */
export function closeDialog(id: DialogId): void {
  if (dialog.peek() === id) dialog.value = undefined
}
