import type { LeasedItem } from '../store/outbox-port.ts'
import { type Answer, causeOf, isHeld } from '../transport/exchange.ts'
import { retryDelayMs } from './backoff.ts'
import { searchBatch } from './search-batch.ts'
import { type BatchContext, BLOCKS, type Sent, sendBatch, succeed } from './send-batch.ts'

/** A batch that Meta answers with an error of its own this often, while others pass, is searched too. */
const SUSPICIOUS_ATTEMPTS = 2
/** What a probe failed with is due again within, in another order. */
const SHUFFLE_MS = 100

/** Sends a leased batch and settles every event of it. Never rejects. */
export async function deliverBatch(
  leased: readonly LeasedItem[],
  context: BatchContext,
): Promise<void> {
  const { settler, gate, options } = context
  const nowMs = options.time.nowMs()
  const expired = leased.filter((item) => item.expiresAtMs <= nowMs)
  const items = leased.filter((item) => item.expiresAtMs > nowMs)
  if (expired.length > 0) await settler.expire(expired)
  if (items.length === 0) return
  const wasOpen = gate.isOpen()
  const sent = await sendBatch(items, context)
  const { verdict } = sent.answer.classified
  if (verdict === 'delivered') return succeed(items, sent, context)
  if (verdict === 'rejected') {
    // Its answer may tell that this machine's clock is behind.
    const late = items.filter((item) => item.expiresAtMs <= options.time.nowMs())
    if (late.length > 0) {
      await settler.expire(late)
      return settler.retry(
        items.filter((item) => !late.includes(item)),
        false,
        () => 0,
      )
    }
    if (items.length > 1) return searchBatch(items, sent, context)
    const cause = causeOf(sent.answer)
    if (!gate.isPausedFor(cause.code)) return settler.deadLetter(items, cause)
    // A single event does not show whether others pass by now.
    gate.block('paused', cause, sent.startTick)
    return settler.retry(items, false, () => 0)
  }
  const isSuspicious =
    verdict === 'retry' &&
    wasOpen &&
    items.length > 1 &&
    isMetas(sent.answer) &&
    items.every((item) => item.attempts >= SUSPICIOUS_ATTEMPTS)
  if (isSuspicious) return searchBatch(items, sent, context)
  return postpone(items, sent, { ...context, wasOpen })
}

/**
 * Not the events' fault: the lane waits, and they with it. Those that fail while others pass wait for longer, each by itself;
 * those that the lane tried alone are due when it tries again, which may be soon (`tryNow`), in another order.
 */
async function postpone(
  items: readonly LeasedItem[],
  { answer, startTick }: Sent,
  { gate, settler, options, signal, wasOpen }: BatchContext & { readonly wasOpen: boolean },
): Promise<void> {
  const { verdict, waitMs } = answer.classified
  if (verdict === 'delivered' || verdict === 'rejected') return
  if (isHeld(answer)) return settler.retry(items, false, () => 0)
  const state = BLOCKS[verdict]
  if (!signal.aborted) gate.block(state, causeOf(answer), startTick, waitMs)
  const isAttempt = state === 'retrying'
  await settler.retry(items, isAttempt, (item) =>
    !isAttempt
      ? 0
      : wasOpen
        ? retryDelayMs(item.attempts + 1, options.retry, options.random)
        : options.random() * SHUFFLE_MS,
  )
}

function isMetas({ classified: { response } }: Answer): boolean {
  return response?.ok === false && response.code !== undefined
}
