import { buildEvent } from '../event/build-event.ts'
import { isHashLoaded } from '../hash/sha256.ts'
import { attempt } from '../runtime/attempt.ts'
import { systemClock } from '../runtime/clock.ts'

/** No person's: it has the fields that most events have. */
const SAMPLE = {
  event_name: 'Purchase',
  action_source: 'website',
  event_source_url: 'https://shop.example/',
  user_data: {
    em: 'a@shop.example',
    ph: '+12125550100',
    fn: 'a',
    ct: 'a',
    st: 'a',
    zp: '10001',
    country: 'us',
    db: '1990-01-01',
    external_id: '1',
    client_ip_address: '192.0.2.1',
    client_user_agent: 'a',
  },
  custom_data: { value: 1, currency: 'USD', contents: [{ id: '1', quantity: 1, item_price: 1 }] },
} as const

/**
 * Builds an event that goes nowhere, in the first idle moment of the process: loading Node's crypto and reading the tables of words take
 * milliseconds, which the first customer's request would pay. Once in a process. Stands in the place of `warm-up.ts` in builds for Node.js, Bun and Deno.
 */
export function warmUpWhenIdle(): void {
  if (isHashLoaded()) return
  attempt(() => systemClock.after(0, () => void (isHashLoaded() || buildEvent(SAMPLE))))
}
