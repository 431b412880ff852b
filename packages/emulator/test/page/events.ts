import type { CapturedEvent } from '../../src/store/captured-event.ts'

/** A kept event, with what a test cares about changed. */
export function captured(changes: Partial<CapturedEvent> = {}): CapturedEvent {
  return {
    id: 1,
    received_at: 1_793_491_200_000,
    source: 'server',
    status: 'processed',
    pixel_id: '42',
    event_name: 'Purchase',
    payload: { event_name: 'Purchase', user_data: {}, custom_data: {} },
    call: 1,
    ...changes,
  }
}
