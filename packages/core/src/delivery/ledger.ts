import { DROP_REASONS, type Drop, type DropReason } from '../issue/drop-reason.ts'
import { CapiError } from '../issue/errors.ts'
import { attempt } from '../runtime/attempt.ts'
import { outboxCause } from '../store/outbox-cause.ts'
import { adviceFor } from '../transport/advice.ts'
import { publish } from '../transport/diagnostics.ts'
import type { DeliveryOptions } from './delivery-options.ts'
import { codesOf } from './lane-news.ts'

/** The counts, and the one place that tells hooks, channels and log of deliveries and losses. */
export interface Ledger {
  accept(count: number): void
  /** @param about how many of them Meta says it took, which ones it may count twice, and what was sent. */
  deliver(
    pixelId: string,
    event_ids: readonly string[],
    about: {
      readonly received: number
      readonly mayCountTwice?: readonly string[]
      readonly bodies: () => readonly string[]
    },
  ): void
  /** They were sent, or not, and wait again. */
  postpone(pixelId: string, count: number): void
  drop(drop: Drop): void
  /** The outbox rejected with this. */
  reportOutboxError(error: unknown): void
  counts(): Counts
  /** Whether some of what is counted may not have come to rest. */
  mayWait(): boolean
  /** How many events wait, as far as this client counts them: it may not know all of a shared outbox. Infinite: the outbox is full. */
  waiting(): number
}

export interface Counts {
  readonly tracked: number
  readonly delivered: number
  readonly dropped: Readonly<Record<DropReason, number>>
}

export function createLedger(
  options: Pick<DeliveryOptions, 'clock' | 'enabled' | 'logger' | 'onDropped' | 'onDelivered'>,
): Ledger {
  let tracked = 0
  let delivered = 0
  let lost = 0
  /** The outbox refused an event, and may not have room before. */
  let fullUntilTick = 0
  const dropped = Object.fromEntries(DROP_REASONS.map((reason) => [reason, 0])) as Record<
    DropReason,
    number
  >
  let hasLoggedPartial = false
  /** When each kind was logged last, and how many events it cost since. */
  const logged = new Map<string, { readonly atTick: number; since: number }>()

  /** @returns how many events to speak of; undefined: the log was told within the last minute. */
  function toLog(kind: string, count: number): number | undefined {
    const atTick = options.clock.tick()
    const last = logged.get(kind)
    if (last !== undefined && atTick - last.atTick < LOG_EVERY_MS) {
      last.since += count
      return undefined
    }
    logged.set(kind, { atTick, since: 0 })
    return count + (last?.since ?? 0)
  }

  function logLoss(drop: Drop): void {
    if (options.enabled === false) return
    const count = toLog(`${drop.reason} ${drop.cause?.code ?? ''}`, drop.count)
    if (count === undefined) return
    options.logger.warn(
      `@capi/core: ${eventCount(count)} dropped: ${drop.reason}${because(drop)}.${WHY[drop.reason] ?? WHY[drop.cause?.code ?? ''] ?? ''} Each kind is logged at most once a minute; stats() counts them, onDropped reports each.`,
    )
  }

  /** Which ones is not said, and sending all again would count the others twice. */
  function logPartial(sent: number, received: number): void {
    if (received >= sent || hasLoggedPartial) return
    hasLoggedPartial = true
    options.logger.warn(
      `@capi/core: Meta says it took ${received} of ${sent} events of a batch. Logged once.`,
    )
  }

  return {
    accept(count) {
      tracked += count
    },
    deliver(pixelId, event_ids, { received, mayCountTwice = [], bodies }) {
      const events = event_ids.length
      delivered += events
      attempt(() => logPartial(events, received))
      attempt(() =>
        options.onDelivered?.({
          pixelId,
          event_ids,
          ...(mayCountTwice.length > 0 && { mayCountTwice }),
        }),
      )
      publish('capi:settle', () => ({
        pixelId,
        events,
        result: 'delivered',
        ...ageOfOldest(bodies(), options.clock.now()),
        ...(mayCountTwice.length > 0 && { mayCountTwice: mayCountTwice.length }),
      }))
    },
    postpone(pixelId, events) {
      publish('capi:settle', () => ({ pixelId, events, result: 'retry' }))
    },
    drop(drop) {
      dropped[drop.reason] += drop.count
      lost += drop.count
      if (drop.reason === 'queue_full') fullUntilTick = options.clock.tick() + FULL_MS
      attempt(() => logLoss(drop))
      attempt(() => options.onDropped?.(drop))
      publish('capi:settle', () => ({
        ...(drop.pixelId !== undefined && { pixelId: drop.pixelId }),
        events: drop.count,
        result: 'dropped',
        reason: drop.reason,
      }))
    },
    reportOutboxError(error) {
      const { code } = outboxCause(error)
      if (toLog(code, 0) === undefined) return
      // Only the outbox's own errors are known to hold nothing of an event.
      const text = CapiError.is(error) ? error.message : code
      const isKept = code !== 'store_transaction_unsupported'
      attempt(() =>
        options.logger.error(
          `@capi/core: the outbox failed: ${text}${isKept ? KEPT : ''} Logged at most once a minute.`,
        ),
      )
    },
    counts: () => ({
      tracked,
      delivered,
      dropped: { ...dropped },
    }),
    mayWait: () => tracked > delivered + lost,
    waiting: () =>
      options.clock.tick() < fullUntilTick
        ? Number.POSITIVE_INFINITY
        : Math.max(0, tracked - delivered - lost),
  }
}

/** What a reason or a code alone does not say: why, and what to do. */
const WHY: Readonly<Record<string, string>> = {
  consent:
    ' The person refused or has not answered. In a request, call setConsent() before the response ends.',
  queue_full: ' The outbox is full: stats().pixels says why events wait.',
  closed:
    ' The client was closed before delivery. Close it last, give close() a longer timeoutMs, or keep events in a file with @capi/sqlite.',
  aborted: ' The signal passed to send was aborted; Meta may have taken them.',
  expired: ' They waited until Meta no longer accepts them.',
  store_failed:
    ' It could not be kept in memory until the outbox is back: whileAway is full, the client was closed, or it was tracked in a transaction.',
}

const KEPT = ' Events wait in memory until it is back (option whileAway).'
/** An outbox that refused an event is taken for full for so long. */
const FULL_MS = 60_000
/** A loss that goes on is logged this often. */
const LOG_EVERY_MS = 60_000

const WRONG_REQUEST =
  ' (the client belongs to another request: this runtime ends timers and connections with the request they were made in. ' +
  'Call createCapi(optionsFromEnv(env)) inside each request and close it in waitUntil; see "Serverless" in the README of @capi/core)'

function eventCount(count: number): string {
  return count === 1 ? '1 event was' : `${count} events were`
}

function because({ reason, cause, issues }: Drop): string {
  const error = issues?.find((found) => found.severity === 'error')
  if (error !== undefined) return ` (${error.path || 'event'}: ${error.code}. ${error.fix})`
  if (reason === 'wrong_request') return WRONG_REQUEST
  if (cause === undefined) return ''
  const advice = adviceFor(cause.code)
  const words = advice && `. Meta refused the request: ${advice.what}. ${advice.todo}`
  return `${words ?? ''} (${codesOf(cause)})`
}

/** How old the oldest of these events is, as they were written by core. */
function ageOfOldest(
  bodies: readonly string[],
  nowMs: number,
): { readonly oldestEventMs?: number } {
  const times = bodies.map((body) => Number(EVENT_TIME.exec(body)?.[1])).filter(Number.isFinite)
  if (times.length === 0) return {}
  return { oldestEventMs: Math.max(0, nowMs - Math.min(...times) * 1_000) }
}

/** In a text a quote is escaped: only the field itself reads so. */
const EVENT_TIME = /"event_time":(\d{1,12})/
