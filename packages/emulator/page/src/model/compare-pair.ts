import type { Difference } from '../../../src/analysis/report.ts'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import { flatten, textOf } from './payload.ts'

export interface ComparedField {
  readonly path: string
  readonly isSame: boolean
  readonly browser?: unknown
  readonly server?: unknown
}

/**
 * Every field of the two halves, in the order of the server's. The report's differences decide where it has any;
 * of events that are gone they are all there is.
 */
export function comparePair(
  browser: CapturedEvent | undefined,
  server: CapturedEvent | undefined,
  differences?: readonly Difference[],
): readonly ComparedField[] {
  if (!browser || !server) {
    return (differences ?? []).map((difference) => ({ ...difference, isSame: false }))
  }
  const ofBrowser = new Map(flatten(browser.payload))
  const ofServer = new Map(flatten(server.payload))
  const different = differences && new Set(differences.map(({ path }) => path))
  return [...new Set([...ofServer.keys(), ...ofBrowser.keys()])].map((path) => {
    const halves = { browser: ofBrowser.get(path), server: ofServer.get(path) }
    const isSame = different ? !different.has(path) : isAlike(halves.browser, halves.server)
    return { path, ...halves, isSame }
  })
}

/** A pixel sends all values as text: '49.9' and 49.9 are one value. */
function isAlike(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined) return one === other
  return textOf(one) === textOf(other)
}
