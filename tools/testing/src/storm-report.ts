import type { CountingMeta } from './counting-meta.ts'
import type { StormLine, StormStats } from './storm-shop.ts'

/** Counts are of event ids; lists hold those that should not be there. */
export interface StormReport {
  /** Calls of `track` whose receipt was written down, and their ids. */
  readonly calls: number
  readonly ids: number
  /** A receipt says that the outbox has them; the others waited in memory. */
  readonly durable: number
  readonly held: number
  readonly dropped: Readonly<Record<string, number>>
  readonly arrived: number
  /** Sent again: what Meta took without an answer, and what dead processes had on their way. */
  readonly repeats: number
  readonly waiting: number
  /** Neither arrived nor waiting nor reported as lost: reported durable, or held by a shop that was not killed. */
  readonly lostDurable: readonly string[]
  readonly lostHeld: readonly string[]
  /** Gone with the memory of a shop that was killed. */
  readonly lostWithShop: number
  /** Reported as lost, and arrived. */
  readonly droppedArrived: readonly string[]
  /** Accepted twice into the outbox, or arrived with two contents. */
  readonly twice: readonly string[]
  /** Milliseconds that `track()` took: the median, 99 in 100, the slowest. */
  readonly trackMs: readonly number[]
  /** Milliseconds from the end of each fault until every shop's receipts were durable again: the median and the slowest. */
  readonly backMs: readonly number[]
  /** Over all shops: tracked - delivered - dropped - waiting, and delivered - arrived. Absent where a shop was killed. */
  readonly sums?: { readonly tracked: number; readonly delivered: number }
}

/** What one process wrote down. */
export interface StormJournal {
  readonly lines: readonly StormLine[]
  readonly isKilled: boolean
}

export function stormReport(
  journals: readonly StormJournal[],
  { arrived, changed }: CountingMeta,
  waiting: readonly string[],
  endsMs: readonly number[],
): StormReport {
  const calls = journals.flatMap(({ lines }) => lines.flatMap((line) => ('id' in line ? line : [])))
  const idsOf = (from: typeof calls, isDurable: boolean) =>
    new Set(
      from.flatMap(({ id, outcome, durable }) =>
        outcome !== 'dropped' && durable === isDurable ? id : [],
      ),
    )
  const drops = journals.flatMap(({ lines }) =>
    lines.flatMap((line) => ('dropped' in line ? line : [])),
  )
  const stats = journals.flatMap(({ lines }) =>
    lines.flatMap((line) => ('stats' in line ? line.stats : [])),
  )
  const dropped = new Set(drops.flatMap((drop) => drop.dropped))
  const kept = new Set([...arrived.keys(), ...waiting, ...dropped])
  const durable = idsOf(calls, true)
  const held = [...idsOf(calls, false)].filter((id) => !durable.has(id))
  const killed = idsOf(
    journals.flatMap(({ lines, isKilled }) =>
      isKilled ? lines.flatMap((line) => ('id' in line ? line : [])) : [],
    ),
    false,
  )
  const lost = held.filter((id) => !kept.has(id))
  const accepted = calls.flatMap(({ id, outcome, durable: isDurable }) =>
    outcome === 'accepted' && isDurable ? id : [],
  )
  return {
    calls: calls.length,
    ids: new Set(calls.map(({ id }) => id)).size,
    durable: durable.size,
    held: held.length,
    dropped: countBy(drops.flatMap(({ why, dropped: ids }) => ids.map(() => why))),
    arrived: arrived.size,
    repeats: [...arrived.values()].reduce((sum, { times }) => sum + times - 1, 0),
    waiting: waiting.length,
    lostDurable: [...durable].filter((id) => !kept.has(id)),
    lostHeld: lost.filter((id) => !killed.has(id)),
    lostWithShop: lost.filter((id) => killed.has(id)).length,
    droppedArrived: [...dropped].filter((id) => arrived.has(id)),
    twice: [...changed, ...accepted.filter((id, n) => accepted.indexOf(id) !== n)],
    trackMs: quantiles(
      calls.map(({ ms }) => ms),
      [0.5, 0.99, 1],
    ),
    backMs: quantiles(
      endsMs.map((endMs) => backMs(journals, endMs)),
      [0.5, 1],
    ),
    ...(stats.length === journals.length && { sums: sums(stats, arrived.size, waiting.length) }),
  }
}

/** How long the slowest shop that saw the end of a fault, and sold on, took to its next durable receipt. */
function backMs(journals: readonly StormJournal[], endMs: number): number {
  const each = journals.map(({ lines }) => {
    const receipts = lines.flatMap((line) => ('id' in line ? line : []))
    const isDurable = ({ durable, outcome }: (typeof receipts)[number]) =>
      durable && outcome !== 'dropped'
    const next = receipts.find((line) => line.atMs >= endMs && isDurable(line))
    const isThere = receipts.some(({ atMs }) => atMs < endMs)
    return isThere && next !== undefined ? next.atMs - endMs : 0
  })
  return Math.max(...each)
}

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

function quantiles(values: readonly number[], parts: readonly number[]): readonly number[] {
  const sorted = [...values].sort((a, b) => a - b)
  return parts.map((part) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN)
}

function sums(stats: readonly StormStats[], arrived: number, waiting: number) {
  const sum = (read: (one: StormStats) => number) =>
    stats.reduce((total, one) => total + read(one), 0)
  const delivered = sum((one) => one.delivered)
  const dropped = sum((one) => Object.values(one.dropped).reduce((all, count) => all + count, 0))
  return {
    tracked: sum((one) => one.tracked) - delivered - dropped - waiting,
    delivered: delivered - arrived,
  }
}
