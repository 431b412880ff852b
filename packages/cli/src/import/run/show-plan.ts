import type { Terminal } from '../../shell/terminal.ts'
import type { Plan } from '../map/plan.ts'
import type { Preview } from './preview.ts'
import { count } from './progress.ts'

/** Shows which column goes where, what the first rows become, and what to know before the first row is sent. No cell is shown. */
export function showPlan(
  terminal: Terminal,
  plan: Plan,
  found: Preview,
  file: { encoding: string; delimiter: string },
): void {
  const { say, tint } = terminal
  const { source, headers, targets, answers } = plan
  const delimiter = file.delimiter === '\t' ? 'tab' : file.delimiter
  say(
    `${tint('bold', source.title)} (--from ${source.name}) · ${file.encoding} · columns by ${delimiter}`,
  )
  const width = Math.min(40, Math.max(...headers.map(({ length }) => length)))
  for (const [index, header] of headers.entries()) {
    const sent = targets[index] ?? []
    if (sent.length === 0) continue
    const share = found.rows === 0 ? 0 : Math.round(((found.filled[index] ?? 0) / found.rows) * 100)
    say(
      `  ${cut(header, width).padEnd(width)} → ${sent.join(' + ').padEnd(30)} ${tint('dim', `${share} % filled`)}`,
    )
  }
  const rest = headers.filter(
    (header, index) => (targets[index] ?? []).length === 0 && header !== '',
  )
  if (rest.length > 0) say(`  ${tint('dim', `not sent: ${rest.join(', ')}`)}`)
  const set = Object.entries({ ...answers, event: undefined, actionSource: undefined }).filter(
    ([, value]) => value !== undefined && value !== false,
  )
  const from = `event ${answers.event ?? source.event ?? 'Purchase'}, action_source ${answers.actionSource ?? source.actionSource} where a row names none`
  say(
    `  ${from}${set.length > 0 ? `; ${set.map(([key, value]) => `${key} ${String(value)}`).join(', ')}` : ''}`,
  )
  say('')
  say(summaryOf(found))
  for (const [kind, counts] of [
    ['not a sale', found.skipped],
    ['refused', found.refused],
  ] as const)
    for (const [name, number] of Object.entries(counts)) say(`  ${kind}: ${count(number)} ${name}`)
  for (const hint of hintsFor(plan, found)) say(`${tint('yellow', 'note')} ${hint}`)
}

function summaryOf({ orders, events, totals, firstMs, lastMs }: Preview): string {
  const sums = Object.entries(totals).map(([currency, sum]) => `${sum.toFixed(2)} ${currency}`)
  const span =
    firstMs === undefined || lastMs === undefined ? '' : `, ${iso(firstMs)} to ${iso(lastMs)}`
  const worth = sums.length === 0 ? '' : `, worth ${sums.join(' + ')}`
  return `The first ${named(orders, 'order')} become ${named(events, 'event')}${worth}${span}.`
}

function hintsFor({ source, answers }: Plan, { refused, events, sales }: Preview): string[] {
  const action = answers.actionSource ?? source.actionSource
  const hints: string[] = []
  if (refused['event_time_too_old'] !== undefined)
    hints.push(
      action === 'physical_store'
        ? 'Meta takes sales of shops for 62 days; older rows are refused.'
        : `Meta takes events with action_source ${action} for 7 days, and those of physical shops for 62. If these are sales of a shop or till, pass --action-source physical_store.`,
    )
  if (source.isWebShop === true)
    hints.push(
      'If your website sends these sales already (Pixel, plug-in or server), Meta counts them twice, unless both name the same event_id.',
    )
  if (sales > 0 && events === 0)
    hints.push('None of these rows would be sent. Read the codes above before you go on.')
  return hints
}

const named = (number: number, what: string) => `${count(number)} ${what}${number === 1 ? '' : 's'}`
const iso = (ms: number) => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
const cut = (text: string, width: number) =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text
