import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** What is read of the metadata: calling code and dial-out pattern stand first in a country's row. */
interface Metadata {
  readonly countries: Readonly<Record<string, readonly [code: string, dialOut: string]>>
}

/** The source of `src/normalize/dial-out-table.ts`. */
export function dialOutFile(): string {
  const { countries } = require('libphonenumber-js/metadata.min.json') as Metadata
  const { version } = require('libphonenumber-js/package.json') as { readonly version: string }
  const rows = new Map<string, string>()
  for (const [country, [code, dialOut]] of Object.entries(countries)) {
    const pattern = beside00(dialOut)
    // One row stands for all of North America.
    if (pattern === '' || (code === '1' && country !== 'US')) continue
    rows.set(pattern, (rows.get(pattern) ?? '') + country.toLowerCase())
  }
  const table = Array.from(rows, ([pattern, names]) => `${names}:${pattern}`).join(' ')
  return `// Made by \`pnpm --filter @capi/core generate\` from the metadata of libphonenumber-js ${version}. Do not edit.

/** Countries by alpha-2, run together, and the pattern of what they dial in front of a foreign number besides 00. */
export const DIAL_OUT =
  '${table.replaceAll('\\', '\\\\')}'
`
}

/** Behind the code of a carrier: six digits and more that are dialled and not written down. */
const BEHIND_CARRIER = /\D00(?:11)?$/

/** The alternatives of a pattern but 00, which every country's people write; groups in their short form. */
function beside00(pattern: string): string {
  const alternatives: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i <= pattern.length; i++) {
    const sign = pattern[i]
    if (sign === '(') depth++
    else if (sign === ')') depth--
    else if (sign === undefined || (sign === '|' && depth === 0)) {
      alternatives.push(pattern.slice(from, i))
      from = i + 1
    }
  }
  return alternatives
    .filter((one) => one !== '00' && !BEHIND_CARRIER.test(one))
    .join('|')
    .replaceAll('(?:', '(')
}
