import { createRequire } from 'node:module'
import fc from 'fast-check'
import { EXAMPLES, type Example, validNumber } from './phone-numbers.ts'

const require = createRequire(import.meta.url)

type Patterns = readonly (readonly [pattern: string] | 0)[]
/** The patterns of a country's types stand last in its row, fixed line and mobile first. */
type Row = readonly [code: string, dialOut: string, pattern: string, ...rest: unknown[]]

const TYPES_AT = 11
const { countries } = require('libphonenumber-js/metadata.max.json') as {
  readonly countries: Readonly<Record<string, Row>>
}

/** Numbers drawn from the numbering plan of every region that Google's library takes for valid there, always the same. */
export function drawnNumbers(each: number): Example[] {
  const regions = [...new Set(EXAMPLES.map((one) => one.region))]
  return regions.flatMap((region) => {
    const row = countries[region]
    if (row === undefined) return []
    const [code, , pattern] = row
    const types = (row[TYPES_AT] as Patterns | undefined)?.slice(0, 2)
    const patterns = types?.flatMap((type) => (type === 0 || type[0] === '' ? [] : type[0])) ?? [
      pattern,
    ]
    return patterns
      .flatMap((one) =>
        fc.sample(fc.stringMatching(new RegExp(`^(?:${one})$`)), { numRuns: each, seed: 15 }),
      )
      .filter((national) => isWhole(code + national))
      .flatMap((national) => validNumber(region, code + national) ?? [])
  })
}

/** E.164 allows 15 digits; seven are Meta's least. */
function isWhole(digits: string): boolean {
  return digits.length >= 7 && digits.length <= 15
}
