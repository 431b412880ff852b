import { differences } from '../../../src/analysis/differences.ts'
import type { Difference } from '../../../src/analysis/report.ts'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import { flatten } from './payload.ts'

export interface ComparedField {
  readonly path: string
  readonly isSame: boolean
  readonly browser?: unknown
  readonly server?: unknown
}

/**
 * Every field of the two halves, in the order of the server's. What differs is decided by the rule of the pairs' report;
 * of events that are gone, the report's own differences are all there is.
 */
export function comparePair(
  browser: CapturedEvent | undefined,
  server: CapturedEvent | undefined,
  reported: readonly Difference[] = [],
): readonly ComparedField[] {
  if (!browser || !server) return reported.map((entry) => ({ ...entry, isSame: false }))
  const ofBrowser = new Map(flatten(browser.payload))
  const ofServer = new Map(flatten(server.payload))
  const different = differences(browser, server).map(({ path }) => path)
  // The rule passes over ids, which are to be one in a pair; where they are not, that is what the reader looks for.
  if (browser.event_id !== server.event_id) different.push('event_id')
  return [...new Set([...ofServer.keys(), ...ofBrowser.keys()])].map((path) => ({
    path,
    isSame: !different.some((place) => place === path || place.startsWith(`${path}.`)),
    browser: ofBrowser.get(path),
    server: ofServer.get(path),
  }))
}
