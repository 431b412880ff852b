// @boundaries-ignore the words of the log stand in one table, and it is no public name
import { ADVICE } from '../../../../packages/core/src/transport/advice.ts'

/** What the log says of each of Meta's refusals that it has words for, and what to do. */
export function refusalWordsFill(): string {
  const byWords = Map.groupBy(Object.entries(ADVICE), ([, { what }]) => what)
  const rows = [...byWords].map(([what, entries]) => {
    const codes = entries.map(([key]) => linkTo(key)).join(', ')
    return `| ${what} | ${codes} | ${entries[0]?.[1].todo ?? ''} |`
  })
  return ['| Meta refused the request: … | Codes | What to do |', '|---|---|---|', ...rows].join(
    '\n',
  )
}

/** Keys of seven digits are subcodes that count under any code; most come with 100. */
function linkTo(key: string): string {
  const code = /^\d{7}$/.test(key) ? `100_${key}` : key
  return `[${code.replace('_', ' / ')}](/troubleshooting/meta-errors/#${code.replace('_', '--')})`
}
