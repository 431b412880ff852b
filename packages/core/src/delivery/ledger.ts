import type { ResolvedOptions } from '../options.ts'
import { DROP_REASONS, type Drop, type DropReason } from './drop-reason.ts'

/** The counts, and the one place that tells hooks and log of deliveries and losses. */
export interface Ledger {
  accept(count: number): void
  /** @param received how many of them Meta says it took. */
  deliver(pixelId: string, event_ids: readonly string[], received: number): void
  drop(drop: Drop): void
  counts(): {
    readonly accepted: number
    readonly delivered: number
    readonly dropped: Readonly<Record<DropReason, number>>
  }
}

export function createLedger(
  options: Pick<ResolvedOptions, 'logger' | 'baseUrl' | 'onDrop' | 'onDelivered'>,
): Ledger {
  let accepted = 0
  let delivered = 0
  const dropped = Object.fromEntries(DROP_REASONS.map((reason) => [reason, 0])) as Record<
    DropReason,
    number
  >
  let hasLoggedPartial = false
  /** Events lost to an outage that the log knows of already, by pixel and reason. */
  const outages = new Map<string, number>()

  function logLoss(drop: Drop): void {
    const outage = `${drop.pixelId ?? ''} ${drop.reason}`
    const known = outages.get(outage)
    outages.set(outage, (known ?? 0) + drop.count)
    if (known !== undefined) return
    options.logger.warn(
      `@capi/core: events are being dropped: ${drop.reason}${because(drop, options.baseUrl)}. Logged once; stats() counts them, onDrop tells of each.`,
    )
  }

  function logRecovery(pixelId: string): void {
    for (const [outage, count] of outages) {
      if (!outage.startsWith(`${pixelId} `)) continue
      outages.delete(outage)
      options.logger.warn(`@capi/core: delivery goes on; ${count} events were dropped meanwhile.`)
    }
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
      accepted += count
    },
    deliver(pixelId, event_ids, received) {
      delivered += event_ids.length
      guarded(() => logPartial(event_ids.length, received))
      guarded(() => logRecovery(pixelId))
      guarded(() => options.onDelivered?.({ pixelId, event_ids }))
    },
    drop(drop) {
      dropped[drop.reason] += drop.count
      guarded(() => logLoss(drop))
      guarded(() => options.onDrop?.(drop))
    },
    counts: () => ({ accepted, delivered, dropped: { ...dropped } }),
  }
}

function because(drop: Drop, baseUrl: string): string {
  const { cause, issues, reason } = drop
  const error = issues?.find((found) => found.severity === 'error')
  if (error !== undefined) return ` (${error.path || 'event'}: ${error.code}. ${error.fix})`
  if (cause === undefined) return ''
  const where = reason === 'undelivered' ? ` at ${new URL(baseUrl).origin}` : ''
  const trace = cause.fbtrace_id === undefined ? '' : `, fbtrace_id ${cause.fbtrace_id}`
  return ` (${cause.code}${where}${trace})`
}

/** A hook or logger of the caller's must not stop delivery; its own errors are its own. */
export function guarded(call: () => unknown): void {
  try {
    const result = call()
    // An async hook compiles where a plain one is asked for; its rejection would end the process.
    if (isThenable(result)) result.then(undefined, () => {})
  } catch {
    // Nothing to report to: the reporter itself failed.
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  )
}
