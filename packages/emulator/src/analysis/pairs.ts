import type { CapturedEvent } from '../store/captured-event.ts'
import { differences } from './differences.ts'
import { nearMisses } from './near-misses.ts'
import { moneyDifferences, moneyOf } from './pair-money.ts'
import type { Pair, PairsReport } from './report.ts'
import { each, type Steps } from './steps.ts'

/** Which browser and server events count once, and which only just do not. Newest pair last. */
export function* pairsReport(events: readonly CapturedEvent[]): Steps<PairsReport> {
  const byId = new Map(events.map((event) => [event.id, event]))
  const pairs: Pair[] = []
  yield* each(events, (event) => {
    const kept = event.duplicate_of === undefined ? undefined : byId.get(event.duplicate_of)
    if (kept && event.dedup_key) pairs.push(rememberedPair(kept, event, event.dedup_key))
  })
  return { pairs, near_misses: yield* nearMisses(unpaired(events)) }
}

/** By its second half: a pair stays as it is while both are kept. */
const known = new WeakMap<CapturedEvent, Pair>()

function rememberedPair(kept: CapturedEvent, duplicate: CapturedEvent, key: Pair['key']): Pair {
  const remembered = known.get(duplicate)
  if (remembered) return remembered
  const pair = pairOf(kept, duplicate, key)
  known.set(duplicate, pair)
  return pair
}

/** Events that count, and that no other event was joined with. */
export function unpaired(events: readonly CapturedEvent[]): readonly CapturedEvent[] {
  const joined = new Set(events.map(({ duplicate_of }) => duplicate_of))
  return events.filter(({ id, status }) => status === 'processed' && !joined.has(id))
}

function pairOf(kept: CapturedEvent, duplicate: CapturedEvent, key: Pair['key']): Pair {
  const [browser, server] = kept.source === 'browser' ? [kept, duplicate] : [duplicate, kept]
  const delay_ms = Math.abs(server.received_at - browser.received_at)
  const found = differences(browser, server)
  const added = found.filter((one) => one.browser === undefined).map(({ path }) => path)
  const isServerSecond = server.id > browser.id
  return {
    browser: browser.id,
    server: server.id,
    kept: kept.id,
    key,
    pixel_id: kept.pixel_id,
    event_name: kept.event_name,
    delay_ms,
    verdict:
      moneyVerdict(kept, duplicate) +
      `Counted once by ${key}: the ${isServerSecond ? 'server' : 'browser'} event came ${durationOf(delay_ms)} later, ` +
      `and the ${kept.source} event counts.${added.length > 0 ? ` The server adds ${listed(added)}.` : ''}`,
    differences: found,
  }
}

/** What costs money comes first. */
function moneyVerdict(kept: CapturedEvent, duplicate: CapturedEvent): string {
  const keys = moneyDifferences(kept, duplicate)
  if (keys.includes('value') || keys.includes('currency')) {
    const [counted, lost] = [moneyOf(kept), moneyOf(duplicate)]
    return `Meta counts ${counted} from the ${kept.source}, not ${lost} from the ${duplicate.source}. `
  }
  return keys.length > 0 ? `The two differ in ${keys.join(' and ')}. ` : ''
}

const LISTED = 5

function listed(paths: readonly string[]): string {
  const names = paths.map((path) => path.replace(/^(user_data|custom_data)\./, ''))
  const rest = names.length - LISTED
  return names.slice(0, LISTED).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

function durationOf(ms: number): string {
  if (ms < 10_000) return `${ms} ms`
  if (ms < 600_000) return `${Math.round(ms / 1000)} s`
  if (ms < 36_000_000) return `${Math.round(ms / 60_000)} min`
  return `${Math.round(ms / 3_600_000)} h`
}
