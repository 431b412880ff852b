import type { OutboxItem, Settlement, SettleResult } from '@capi/core/outbox'
import type { Collector } from './collector.ts'
import { type Engine, RetryIn } from './engine.ts'
import type { Held } from './held-jobs.ts'

/** What BullMQ answers about a job whose lock is not ours any more. */
const LOST = new Set([-1, -2, -3, -6])

/** Tells BullMQ what became of jobs. */
export async function settle(
  engine: Engine,
  collector: Collector,
  settlements: readonly Settlement[],
  nowMs: number,
): Promise<SettleResult[]> {
  const ended: OutboxItem[] = []

  async function one(settlement: Settlement): Promise<SettleResult> {
    const held = collector.find(settlement.token)
    if (held === undefined) return stateOf(engine, settlement.token.id)
    try {
      if (settlement.kind === 'retry') await retry(held, settlement)
      else {
        const { cause } = settlement.kind === 'dead' ? settlement : {}
        if (cause !== undefined) {
          // First the dead letter: ended in between, the event is refused once more.
          const letter = { ...held.job.data, cause, diedAtMs: nowMs }
          await engine.dead.add([letter], nowMs)
        }
        ended.push(await finish(held, settlement.kind === 'delivered' ? nowMs : undefined))
      }
      collector.drop(held)
      return 'settled'
    } catch (error) {
      if (!isLost(error)) throw error
      collector.drop(held)
      return stateOf(engine, held.id)
    }
  }

  const results: PromiseSettledResult<SettleResult>[] = []
  for (const alike of runs(settlements)) results.push(...(await Promise.allSettled(alike.map(one))))
  await engine.events.forget(ended, nowMs)
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason
    return result.value
  })
}

/** Neighbours of one kind travel together; what comes due at the same moment keeps its order. */
function runs(settlements: readonly Settlement[]): Settlement[][] {
  const kindOf = (one: Settlement) => `${one.kind} ${one.kind === 'retry' && one.isAttempt}`
  const found: Settlement[][] = []
  for (const [index, one] of settlements.entries()) {
    const before = settlements[index - 1]
    if (before !== undefined && kindOf(before) === kindOf(one)) found.at(-1)?.push(one)
    else found.push([one])
  }
  return found
}

/** Completes a job. @returns what is to be remembered of it: without `deliveredAtMs` nothing. */
export async function finish(held: Held, deliveredAtMs?: number): Promise<OutboxItem> {
  const { job, token } = held
  const isRemembered = deliveredAtMs !== undefined && job.data.rememberUntilMs > deliveredAtMs
  // Kept as completed until its memory takes its place: at no moment is its id free.
  job.opts.removeOnComplete = !isRemembered
  await job.moveToCompleted(null, token, false)
  return isRemembered ? job.data : { ...job.data, rememberUntilMs: 0 }
}

async function retry(
  { job, token }: Held,
  { delayMs, isAttempt }: Extract<Settlement, { kind: 'retry' }>,
): Promise<void> {
  if (isAttempt) {
    Object.assign(job.opts, {
      attempts: Number.MAX_SAFE_INTEGER,
      backoff: { type: 'capi' },
      stackTraceLimit: 0,
    })
    await job.moveToFailed(new RetryIn(delayMs), token)
  } else if (delayMs > 0) await job.moveToDelayed(Date.now() + delayMs, token)
  else await job.moveToWait(token)
}

async function stateOf({ events }: Engine, id: string): Promise<SettleResult> {
  return (await events.run('state', id)) === 'held' ? 'stale' : 'unknown'
}

function isLost(error: unknown): boolean {
  return error instanceof Error && 'code' in error && LOST.has(Number(error.code))
}
