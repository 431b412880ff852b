import type { Receipt } from '../client/receipt.ts'
import type { Consent } from '../event/consent.ts'
import { readEventId } from '../event/read-event-id.ts'
import { asFields } from '../field/fields.ts'
import type { Issue } from '../issue/issue.ts'
import { attempt } from '../runtime/attempt.ts'
import { randomId } from '../runtime/random-id.ts'

/** A page tracks a few events; more is a loop. */
const MAX_HELD = 50

interface Held {
  /** Tracks it, once the request's consent is this. */
  readonly go: (consent: Consent) => unknown
  /** Whether it is still pending then. */
  readonly waits: (consent: Consent) => boolean
}

/** The events of a request whose consent is pending. */
export class HeldEvents {
  #held: Held[] = []
  #isOver = false

  /** Undefined: there is no room, or the request is over. */
  take(event: unknown, holding: (copy: unknown) => Held): Receipt | undefined {
    if (this.#isOver || this.#held.length >= MAX_HELD) return undefined
    const issues: Issue[] = []
    const given = attempt(() => readEventId(asFields(event)?.['event_id'], issues))
    const event_id = given ?? randomId()
    this.#held.push(holding(copied(event, event_id)))
    return { event_id, outcome: 'held', issues }
  }

  /** Tracks what no longer waits under this consent, which may drop it. */
  settle(consent: Consent): void {
    for (const held of this.#held.splice(0)) {
      if (!this.#isOver && held.waits(consent)) this.#held.push(held)
      else attempt(() => held.go(consent))
    }
  }

  end(consent: Consent): void {
    this.#isOver = true
    this.settle(consent)
  }
}

/** As it is now: a cart is often emptied after its purchase was tracked. What cannot be copied stays as it is. */
function copied(event: unknown, event_id: string): unknown {
  if (asFields(event) === undefined) return event
  return attempt(() => {
    const fields = Object.entries({ ...(event as object), event_id })
    return Object.fromEntries(fields.map(([key, value]) => [key, copy(value)]))
  }, event)
}

const copy = (value: unknown) => attempt(() => structuredClone(value), value)
