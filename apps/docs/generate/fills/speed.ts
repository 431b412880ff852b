// @boundaries-ignore the results of the bench are no public name
import { type Figure, isMet, target } from '../../../../tools/bench/src/figure.ts'
// @boundaries-ignore the same
import { readResults } from '../../../../tools/bench/src/results.ts'

/** What the last whole run of `pnpm bench` measured: a chart, and the same figures as a table with what bounds each. */
export function speedFill(): string {
  const { date, node, machine, load, rows } = readResults()
  const table = [
    '| Measure | Before | Now | Target | What bounds it |',
    '|---|---|---|---|---|',
    ...rows.map(
      (row) =>
        `| ${row.name} | ${shown(row.today)} | ${shown(row.now)} | ${target(row)}${isMet(row) ? '' : ' (missed)'} | ${row.bound} |`,
    ),
  ]
  const when = `Measured on ${date} with Node.js ${node} on ${machine}, at a load of ${load}. Before is commit 2683b38, in the same run.`
  return `<figure class="diagram not-content">${speedChart(rows)}</figure>\n\n${when}\n\n${table.join('\n')}`
}

const ROW = 44
const LEFT = 4
const WIDTH = 392

/** For each figure a bar of its own scale for before and one for now, and a line at the target. */
function speedChart(rows: readonly Figure[]): string {
  const bars = rows.map((row, index) => bar(row, index * ROW + 8)).join('')
  const words = rows
    .map((row) => `${row.name}: ${shown(row.now)}, target ${target(row)}.`)
    .join(' ')
  return [
    `<svg viewBox="0 0 400 ${rows.length * ROW + 8}" role="img" aria-labelledby="speed-title speed-desc" xmlns="http://www.w3.org/2000/svg">`,
    '<title id="speed-title">What the toolkit costs, before and now</title>',
    `<desc id="speed-desc">${escaped(words)}</desc>`,
    bars,
    '</svg>',
  ].join('')
}

function bar(row: Figure, top: number): string {
  const goal = row.atLeast ?? row.atMost ?? 0
  const most = Math.max(row.today ?? 0, row.now, goal)
  const long = (value: number) => ((value / most) * WIDTH).toFixed(1)
  const at = LEFT + Number(long(goal))
  const before =
    row.today === undefined
      ? ''
      : `<rect class="box" x="${LEFT}" y="${top + 16}" width="${long(row.today)}" height="5" />`
  return [
    `<text class="start small" x="${LEFT}" y="${top + 10}">${escaped(row.name)}: ${shown(row.now)}</text>`,
    before,
    `<rect class="${isMet(row) ? 'good' : 'bad'}" x="${LEFT}" y="${top + 23}" width="${long(row.now)}" height="8" />`,
    `<path class="line" d="M${at} ${top + 13} V${top + 34}" />`,
  ].join('')
}

function shown(value: number | undefined): string {
  return value === undefined ? '–' : String(Number(value.toPrecision(3)))
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
