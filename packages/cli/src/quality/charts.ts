import type { Reading } from './history.ts'
import { lineChart } from './line-chart.ts'

/** Newer ones tell more, and lines have an end. */
const MOST_POINTS = 60
const HEIGHT = 6

const MEASURES = [
  { name: 'score', title: 'match quality', of: (row: Reading['web'][number]) => row.score },
  {
    name: 'coverage',
    title: 'coverage in percent',
    of: (row: Reading['web'][number]) => row.coverage,
  },
] as const

/** A chart for each event and measure of which there are two readings at least. */
export function charts(readings: readonly Reading[]): readonly string[] {
  const names = new Set(readings.flatMap(({ web }) => web.map(({ event_name }) => event_name)))
  return [...names].flatMap((name) =>
    MEASURES.flatMap(({ title, of }) => {
      const points = readings.flatMap(({ readAtMs, web }) => {
        const row = web.find(({ event_name }) => event_name === name)
        const value = row && of(row)
        return typeof value === 'number' ? [{ readAtMs, value }] : []
      })
      const shown = points.slice(-MOST_POINTS)
      const [first, last] = [shown[0], shown.at(-1)]
      if (shown.length < 2 || first === undefined || last === undefined) return []
      const lines = lineChart(
        shown.map(({ value }) => value),
        HEIGHT,
      )
      const dates = `${dayOf(first.readAtMs)} to ${dayOf(last.readAtMs)}, ${shown.length} readings`
      return [
        [`${name}, ${title}: ${first.value} → ${last.value}   (${dates})`, ...lines].join('\n'),
      ]
    }),
  )
}

function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10)
}
