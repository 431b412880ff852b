import type { CapturedEvent } from '../../../src/store/captured-event.ts'

/** The page holds no more, whatever the emulator keeps. */
export const MAX_EVENTS = 10_000

export type LogMessage =
  | { readonly type: 'capi' | 'update'; readonly event: CapturedEvent }
  /** Of one dataset, or of all. */
  | { readonly type: 'clear'; readonly pixel_id?: string }

/** The events after some messages, oldest first. A message about an event that is already gone changes nothing. */
export function applyMessages(
  events: readonly CapturedEvent[],
  messages: readonly LogMessage[],
  max: number = MAX_EVENTS,
): readonly CapturedEvent[] {
  let next = [...events]
  for (const message of messages) {
    if (message.type === 'clear') {
      const { pixel_id } = message
      next = pixel_id === undefined ? [] : next.filter((event) => event.pixel_id !== pixel_id)
      continue
    }
    const isNew = message.event.id > (next.at(-1)?.id ?? 0)
    if (message.type === 'capi') {
      // A resumed stream may repeat what was loaded, in an older state.
      if (isNew) next.push(message.event)
    } else {
      const index = indexOfId(next, message.event.id)
      if (index >= 0) next[index] = message.event
    }
  }
  return next.length > max ? next.slice(-max) : next
}

/** Ids only rise, so the place is found by halving. -1 when there is none. */
export function indexOfId(events: readonly CapturedEvent[], id: number): number {
  let low = 0
  let high = events.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = events[middle]?.id ?? 0
    if (found === id) return middle
    if (found < id) low = middle + 1
    else high = middle - 1
  }
  return -1
}
