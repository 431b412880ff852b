import { signal } from '@preact/signals'

/** The time for "12 s ago", each second; it stands still while nobody looks. */
export const nowMs = signal(Date.now())

setInterval(() => {
  if (!document.hidden) nowMs.value = Date.now()
}, 1000)
