import { isFields } from '../rules/rule.ts'
import type { CapturedEvent } from '../store/captured-event.ts'
import { plainValue } from './plain-value.ts'
import type { Difference } from './report.ts'

/** Differ by nature: the browser names none of them, or each side has its own. */
const OWN_TO_A_SIDE: ReadonlySet<string> = new Set(['action_source', 'event_time', 'event_id'])

/** Enough for a person; a hostile payload may have millions. */
const MAX_DIFFERENCES = 100

/** What the two halves of a pair do not share, key by key. */
export function differences(browser: CapturedEvent, server: CapturedEvent): readonly Difference[] {
  return [...compare('', browser.payload, server.payload)].slice(0, MAX_DIFFERENCES)
}

function* compare(path: string, browser: unknown, server: unknown): Generator<Difference> {
  if (path !== '' && OWN_TO_A_SIDE.has(path)) return
  if (isFields(browser) && isFields(server)) {
    for (const key of new Set([...Object.keys(browser), ...Object.keys(server)])) {
      yield* compare(path === '' ? key : `${path}.${key}`, browser[key], server[key])
    }
    return
  }
  // A key that one side lacks entirely is listed part by part.
  if (isFields(browser) && server === undefined) return yield* compare(path, browser, {})
  if (isFields(server) && browser === undefined) return yield* compare(path, {}, server)
  if (plainValue(browser) === plainValue(server)) return
  yield {
    path,
    ...(browser !== undefined && { browser }),
    ...(server !== undefined && { server }),
  }
}
