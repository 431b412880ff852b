import { compact } from './payload.ts'

/** More than any event Meta would take; a hostile one must not stop the page. */
const MAX_CHARACTERS = 100_000
const MAX_DEPTH = 100

export interface PrettyJson {
  readonly text: string
  readonly isCut: boolean
}

/** JSON over lines, within bounds. */
export function prettyJson(value: unknown): PrettyJson {
  const line = typeof value === 'string' ? value : compact(value)
  if (line.length > MAX_CHARACTERS) return { text: line.slice(0, MAX_CHARACTERS), isCut: true }
  if (typeof value === 'string' || depthOf(line) > MAX_DEPTH) return { text: line, isCut: false }
  return { text: JSON.stringify(value, null, 2) ?? '', isCut: false }
}

/** How deep it is nested at most; brackets inside texts count too, which only errs on the safe side. */
function depthOf(json: string): number {
  let depth = 0
  let most = 0
  for (const character of json) {
    if (character === '{' || character === '[') most = Math.max(most, ++depth)
    else if (character === '}' || character === ']') depth--
  }
  return most
}
