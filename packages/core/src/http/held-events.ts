import type { Receipt } from '../client/receipt.ts'
import type { Consent } from '../event/consent.ts'
import { readEventId } from '../event/read-event-id.ts'
import type { Fields } from '../field/fields.ts'
import type { Issue } from '../issue/issue.ts'
import { attempt } from '../runtime/attempt.ts'
import { randomId } from '../runtime/random-id.ts'

/** What a page tells of itself is a few events; more is a loop. */
const MAX_HELD = 50

interface Going {
  /** Tracks it, once the request's consent is this. */
  readonly go: (consent: Consent, event?: object, data?: object) => unknown
  /** Whether it is still pending then. */
  readonly waits: (consent: Consent) => boolean
}

/** The events of a request whose consent is pending. */
export interface Hold {
  /** Undefined: there is no room, or the request is over. */
  take(going: Going, event: object | undefined, data: object | undefined): Receipt | undefined
  /** Tracks what no longer waits under this consent, which may drop it. */
  settle(consent: Consent): void
  end(consent: Consent): void
}

export function createHold(): Hold {
  const held: Going[] = []
  let isOver = false

  function settle(consent: Consent): void {
    for (const going of held.splice(0)) {
      if (!isOver && going.waits(consent)) held.push(going)
      else attempt(() => going.go(consent))
    }
  }

  return {
    take({ go, waits }, event, data) {
      if (isOver || held.length >= MAX_HELD) return undefined
      const issues: Issue[] = []
      const event_id =
        attempt(() => readEventId((event as Fields)?.['event_id'], issues)) ?? randomId()
      const fields = copied(attempt(() => ({ ...event, event_id }), event))
      const custom = copied(data)
      held.push({ go: (consent) => go(consent, fields, custom), waits })
      return { event_id, outcome: 'held', issues }
    },
    settle,
    end(consent) {
      isOver = true
      settle(consent)
    },
  }
}

/** As it is now: a cart is often emptied after its purchase was tracked. */
function copied<T extends object | undefined>(value: T): T {
  return attempt(() => structuredClone(value), value)
}
