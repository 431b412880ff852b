import type { Row } from './play-day.ts'

const HEADINGS = [
  'What happened',
  'Topic',
  'Answer',
  'Became',
  'Where',
  'Value',
  'Known of the shopper',
]

/** One line for each delivery, columns as wide as they need. */
export function table(rows: readonly Row[]): string {
  const lines = [HEADINGS, ...rows.map(cells)]
  const widths = HEADINGS.map((_, column) =>
    Math.max(...lines.map((one) => one[column]?.length ?? 0)),
  )
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cells({ what, topic, status, answer, purged, event }: Row): string[] {
  const { action_source = '', user_data = {}, custom_data = {} } = event?.payload ?? {}
  const { value, currency } = custom_data
  const forgot = purged === undefined ? '' : `${purged} forgotten`
  const isRefused = event !== undefined && event.status === 'refused'
  return [
    what,
    topic,
    `${status} ${answer}`,
    event ? `${event.event_name}${isRefused ? ' (refused)' : ''}` : forgot,
    action_source,
    value === undefined ? '' : `${value} ${currency ?? ''}`,
    Object.keys(user_data).map(shortName).join(' '),
  ]
}

function shortName(key: string): string {
  return key
    .replace('client_ip_address', 'ip')
    .replace('client_user_agent', 'agent')
    .replace('external_id', 'id')
}
