export interface ValueRange {
  readonly includes: (value: number) => boolean
}

const NUMBER = String.raw`-?\d+(?:\.\d+)?`
const BOUND = new RegExp(`^(>=|<=|>|<|=)?(${NUMBER})$`)
const SPAN = new RegExp(`^(${NUMBER})\\.\\.(${NUMBER})$`)

/** Reads `>100`, `<=5`, `49.9` and `10..20`. */
export function parseRange(text: string): ValueRange | undefined {
  const span = SPAN.exec(text)
  if (span) {
    const [low, high] = [Number(span[1]), Number(span[2])]
    return { includes: (value) => value >= low && value <= high }
  }
  const bound = BOUND.exec(text)
  if (!bound) return undefined
  const limit = Number(bound[2])
  switch (bound[1]) {
    case '>':
      return { includes: (value) => value > limit }
    case '>=':
      return { includes: (value) => value >= limit }
    case '<':
      return { includes: (value) => value < limit }
    case '<=':
      return { includes: (value) => value <= limit }
    default:
      return { includes: (value) => value === limit }
  }
}
