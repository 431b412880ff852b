import type { CapturedEvent } from '../../../../src/store/captured-event.ts'
import type { Half } from '../filter-keys.ts'

/** What becomes of an event, in the order of the picture. */
export const OUTCOMES = ['once', 'server', 'browser', 'twice', 'refused'] as const
export type Outcome = (typeof OUTCOMES)[number]

export interface Funnel {
  readonly event_name: string
  /** What happened, counted: both halves of a pair, or of a couple that is counted twice, are one. */
  readonly counts: Readonly<Record<Outcome, number>>
  readonly total: number
}

type HalfOf = (event: CapturedEvent) => Half | undefined

/** For each event name what became of its events, the most frequent name first. Faulted events were not taken and are left out. */
export function funnelsOf(events: readonly CapturedEvent[], halfOf: HalfOf): readonly Funnel[] {
  const found = new Map<string, Record<Outcome, number>>()
  for (const event of events) {
    const outcome = outcomeOf(event, halfOf)
    if (outcome === undefined) continue
    const counts = found.get(event.event_name) ?? none()
    counts[outcome] += outcome === 'twice' ? 0.5 : 1
    found.set(event.event_name, counts)
  }
  return [...found]
    .map(([event_name, halves]) => {
      // A half whose partner is no longer kept, or has another name, still stands for the couple.
      const counts = { ...halves, twice: Math.ceil(halves.twice) }
      return { event_name, counts, total: OUTCOMES.reduce((sum, one) => sum + counts[one], 0) }
    })
    .sort((one, other) => other.total - one.total)
}

function none(): Record<Outcome, number> {
  return { once: 0, server: 0, browser: 0, twice: 0, refused: 0 }
}

function outcomeOf(event: CapturedEvent, halfOf: HalfOf): Outcome | undefined {
  if (event.status === 'refused') return 'refused'
  // A pair is counted at the half that counts.
  if (event.status !== 'processed') return undefined
  const half = halfOf(event)
  return half === 'both' ? 'once' : half
}

export interface FunnelPart {
  readonly outcome: Outcome
  readonly count: number
  readonly x: number
  readonly width: number
}

/** No part is too thin to see or to hit: WCAG 2.2 asks for 24 pixels. */
const LEAST = 24

/** The parts of a bar of so many pixels, one beside the other. */
export function funnelParts({ counts, total }: Funnel, width: number): readonly FunnelPart[] {
  const present = OUTCOMES.filter((outcome) => counts[outcome] > 0)
  const spare = Math.max(0, width - present.length * LEAST)
  let x = 0
  return present.map((outcome) => {
    const count = counts[outcome]
    const part = { outcome, count, x, width: LEAST + (count / total) * spare }
    x += part.width
    return part
  })
}

/** The filter of Events that shows a part. */
export function funnelFilter(event_name: string, outcome: Outcome): string {
  const name = `name:${quoted(event_name)}`
  if (outcome === 'refused') return `${name} status:refused`
  return `${name} half:${outcome === 'once' ? 'both' : outcome}`
}

function quoted(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `"${text.replaceAll('"', '')}"`
}
