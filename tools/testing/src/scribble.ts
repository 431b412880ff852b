import type { Chance } from './random.ts'

type Marks = readonly [Mark, ...Mark[]]
type Mark = (text: string) => string

/** A no-break space behind, a zero-width one in front, a line's end. */
export const MARKS: Marks = [
  (text) => `${text}\u00a0`,
  (text) => `\u200b${text}`,
  (text) => `${text}\n`,
]

/** Writes a text as people do: capitals, blanks at the ends, accents in two parts, marks that nobody sees. */
export function scribble(text: string, seed: Chance, marks: Marks = MARKS): string {
  const roll = seed.next()
  if (roll < 0.55) return text
  if (roll < 0.7) return text.toUpperCase()
  if (roll < 0.8) return ` ${text}  `
  if (roll < 0.9) return text.normalize('NFD')
  return seed.pick(marks)(text)
}
