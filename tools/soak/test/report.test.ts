import { expect, it } from 'vitest'
import { type ShopLine, type ShopRun, soakReport } from '../src/report.ts'
import type { Sample } from '../src/sample.ts'

const NONE_DROPPED = {} as Sample['stats']['dropped']

/** After so many events, each of which leaves so many bytes behind. */
function sample(tracked: number, bytesEach: number, more: Partial<Sample['stats']> = {}): ShopLine {
  const stats = {
    tracked,
    delivered: tracked,
    queued: 0,
    held: 0,
    unknown: 0,
    dropped: NONE_DROPPED,
  }
  return {
    sample: {
      atMs: tracked,
      heapBytes: 20_000_000 + tracked * bytesEach,
      rssBytes: 100_000_000,
      loopDelay: { p50: 10, p99: 12, max: 20 },
      descriptors: 30,
      stats: { ...stats, ...more },
    },
  }
}

function run(lines: readonly ShopLine[], accepted: readonly string[] = []): ShopRun {
  const sold = {
    requests: 9,
    failedRequests: 0,
    accepted: new Set(accepted),
    repeats: 0,
    recognised: 0,
  }
  return { kind: 'sqlite', lines, sold, arrived: new Map([['order.1', 1]]) }
}

const good = [10_000, 20_000, 30_000].map((tracked) => sample(tracked, 70))

it('finds nothing wrong with a run in which every event arrived or was reported', () => {
  const dropped = { dropped: { reason: 'queue_full', event_ids: ['order.2'], count: 1 } }
  expect(soakReport([run([...good, dropped], ['order.1', 'order.2'])])).toMatchObject({
    columns: ['sqlite'],
    faults: [],
  })
})

it.each<[fault: string, wrong: ShopRun]>([
  ['1 events are lost and not reported', run(good, ['order.1', 'order.2'])],
  ['an event leaves 400 bytes behind', run([10_000, 20_000, 30_000].map((n) => sample(n, 400)))],
  [
    'the sums differ by 1, at the end by 1',
    run([...good, sample(40_000, 70, { delivered: 39_999 })]),
  ],
  [
    'the sums differ by 500, at the end by 0',
    run([sample(9_000, 70, { delivered: 8_500 }), ...good]),
  ],
  ['2 events still wait', run([...good, sample(40_000, 70, { delivered: 39_998, queued: 2 })])],
])('says that %s', (fault, wrong) => {
  expect(soakReport([wrong]).faults).toEqual([`sqlite: ${fault}.`])
})
