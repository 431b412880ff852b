import type { Sample, Sold } from './sample.ts'

/** What a shop printed. */
export type ShopLine =
  | { readonly sample: Sample }
  | { readonly log: string }
  | {
      readonly dropped: {
        readonly reason: string
        readonly event_ids: readonly string[]
        readonly count: number
      }
    }

export interface ShopRun {
  readonly kind: string
  readonly lines: readonly ShopLine[]
  readonly sold: Sold
  /** What Meta took, by event id, and how often. */
  readonly arrived: ReadonlyMap<string, number>
}

/** A row of the table is a name and a text for each shop. */
export interface SoakReport {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly [name: string, ...values: readonly string[]])[]
  /** What must not be; none in a good run. */
  readonly faults: readonly string[]
}

/** Bytes of heap that an event may leave behind: ids are remembered. */
const MAX_SLOPE = 150
/** So many are on their way while a shop is asked how it is: counts of the outbox and of the client are not of one moment. */
const MAX_DIFFERENCE = 100
/** Of the events, before what a client keeps at all times is there. */
const WARM_UP = 0.3

export function soakReport(runs: readonly ShopRun[]): SoakReport {
  const shops = runs.map(readRun)
  const row = (name: string, read: (shop: ReturnType<typeof readRun>) => unknown) =>
    [name, ...shops.map((shop) => String(read(shop)))] as const
  return {
    columns: runs.map(({ kind }) => kind),
    rows: [
      row('requests (failed)', ({ sold }) => `${sold.requests} (${sold.failedRequests})`),
      row('tracked', ({ last }) => last.stats.tracked),
      row('delivered', ({ last }) => last.stats.delivered),
      row('different events at Meta', ({ arrivedIds }) => arrivedIds),
      row('sent more than once', ({ again }) => again),
      row('dropped', ({ drops }) => JSON.stringify(drops)),
      row('still waiting', ({ last }) => last.stats.queued),
      row('accepted orders and beacons', ({ sold }) => sold.accepted.size),
      row('of these lost without a report', ({ lost }) => lost),
      row('repeated orders recognised', ({ sold }) => `${sold.recognised} of ${sold.repeats}`),
      row(
        'sums differ by, at most and at the end',
        ({ most, difference }) => `${most} / ${difference}`,
      ),
      row('heap, first and last, MB', ({ heap }) => heap.map((bytes) => mb(bytes)).join(' / ')),
      row('bytes of heap an event, after the first third', ({ slope }) => Math.round(slope)),
      row('resident, most, MB', ({ maxRss }) => mb(maxRss)),
      row('event loop, p99 and worst, ms', ({ p99, worst }) => `${p99} / ${worst}`),
      row('descriptors at the end', ({ last }) => last.descriptors),
      row('longest time without a delivery, s', ({ silence }) => Math.round(silence / 1_000)),
      row('lines in the log', ({ logs }) => logs),
    ],
    faults: shops.flatMap(({ kind, lost, most, difference, slope, last, sold }) => {
      const found: string[] = []
      if (lost > 0) found.push(`${lost} events are lost and not reported`)
      if (difference > 0 || most > MAX_DIFFERENCE)
        found.push(`the sums differ by ${most}, at the end by ${difference}`)
      if (slope > MAX_SLOPE) found.push(`an event leaves ${Math.round(slope)} bytes behind`)
      if (last.stats.queued !== 0) found.push(`${last.stats.queued} events still wait`)
      if (sold.failedRequests > 0) found.push(`${sold.failedRequests} requests failed`)
      return found.map((fault) => `${kind}: ${fault}.`)
    }),
  }
}

function readRun({ kind, lines, sold, arrived }: ShopRun) {
  const samples = lines.flatMap((line) => ('sample' in line ? line.sample : []))
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined) throw new Error(`${kind} printed no sample`)
  const dropped = lines.flatMap((line) => ('dropped' in line ? line.dropped : []))
  const drops: Record<string, number> = {}
  for (const { reason, count } of dropped) drops[reason] = (drops[reason] ?? 0) + count
  const reported = new Set(dropped.flatMap(({ event_ids }) => event_ids))
  const isLost = (id: string) => !arrived.has(id) && !reported.has(id)
  return {
    kind,
    sold,
    last,
    drops,
    arrivedIds: arrived.size,
    again: [...arrived.values()].filter((times) => times > 1).length,
    lost: [...sold.accepted].filter(isLost).length,
    most: Math.max(...samples.map(differenceOf)),
    difference: differenceOf(last),
    heap: [first.heapBytes, last.heapBytes],
    slope: slopeOf(samples),
    maxRss: Math.max(...samples.map(({ rssBytes }) => rssBytes)),
    p99: median(samples.map(({ loopDelay }) => loopDelay.p99)),
    worst: Math.max(...samples.map(({ loopDelay }) => loopDelay.max)),
    silence: silenceOf(samples),
    logs: lines.filter((line) => 'log' in line).length,
  }
}

/** Tracked = delivered + queued + dropped, but for those whose outcome is open. */
function differenceOf({ stats }: Sample): number {
  const { tracked, delivered, queued = Number.NaN, unknown, dropped } = stats
  const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0)
  return Math.max(0, Math.abs(tracked - delivered - queued - lost) - unknown)
}

/** By least squares. */
function slopeOf(samples: readonly Sample[]): number {
  const end = samples.at(-1)?.stats.tracked ?? 0
  const points = samples
    .map(({ heapBytes, stats }) => ({ x: stats.tracked, y: heapBytes }))
    .filter(({ x }) => x >= end * WARM_UP)
  const mean = (read: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + read(point), 0) / points.length
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)]
  const spread = mean((point) => (point.x - x) ** 2)
  return spread === 0 ? 0 : mean((point) => (point.x - x) * (point.y - y)) / spread
}

/** The longest time between two samples of which the later has more deliveries, milliseconds. */
function silenceOf(samples: readonly Sample[]): number {
  let longest = 0
  let sinceMs = samples[0]?.atMs ?? 0
  for (const [n, { atMs, stats }] of samples.entries()) {
    longest = Math.max(longest, atMs - sinceMs)
    if (stats.delivered > (samples[n - 1]?.stats.delivered ?? -1)) sinceMs = atMs
  }
  return longest
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const mb = (bytes: number) => (bytes / 2 ** 20).toFixed(1)
