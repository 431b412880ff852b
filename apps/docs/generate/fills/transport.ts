import { readVectors, type Vector } from './refusals.ts'

/** What core makes of answers that are not Meta's, and of none: the lines of its vectors. */
export function transportFill(): string {
  const rows = readVectors()
    .filter(({ code }) => !code.startsWith('meta_') && code !== 'delivered')
    .map(row)
  return ['| Code in the log | What happened | Verdict |', '|---|---|---|', ...new Set(rows)].join(
    '\n',
  )
}

function row({ name, code, verdict, status }: Vector): string {
  const where = status === undefined ? '' : ` (HTTP ${status})`
  return `| \`${code}\` | ${name}${where} | \`${verdict}\` |`
}
