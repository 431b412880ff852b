import { compact } from '../field/compact.ts'
import { words } from '../field/words.ts'
import { lazy } from '../runtime/lazy.ts'

const MAX_LENGTH = 128

type Codes = ReadonlyMap<string, string>
const codes = lazy(() => {
  const us = parse(words().usStates)
  const ca = parse(words().caStates)
  return { us, ca, unknown: new Map([...ca, ...us]) }
})

function parse(rows: string): Codes {
  const found = new Map<string, string>()
  for (const row of rows.split(' ')) {
    const [code = '', names = ''] = row.split(':')
    for (const name of [code, ...names.split(',')]) found.set(name, code)
  }
  return found
}

/**
 * US and Canadian states and provinces become their two letters; everywhere else the name stays,
 * compact: `Bayern` is `bayern`, never `ba`. Without a country, US names win over Canadian ones.
 * Source: Meta, Customer Information Parameters, read 2026-09; Canada: Parameter Builder.
 */
export function state(
  text: string,
  context: { readonly country?: string | undefined },
): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const name = compact(text)
  const { country } = context
  if (country !== undefined && country !== 'us' && country !== 'ca') return name
  const table = codes()[country ?? 'unknown']
  return table.get(name) ?? longForm(name, country, table) ?? name
}

/** What people write around a name: `State of Texas`, `NY, USA`, `Washington State`. */
const AROUND =
  /^(?:(?:the)?state|commonwealth|province)of|(?:unitedstates(?:ofamerica)?|usa?|canada|state)$/

/** `US-CA` as ISO 3166-2 writes it, `California (CA)`, `CA - California`, `NY, USA`, `State of Texas`: all compact by now. */
function longForm(name: string, country: string | undefined, table: Codes): string | undefined {
  const [start, end] = [name.slice(0, 2), name.slice(-2)]
  if (name.length === 4) return start === (country ?? 'us') ? table.get(end) : undefined
  if (table.get(name.slice(0, -2)) === end) return end
  if (table.get(name.slice(2)) === start) return start
  return table.get(name.replace(AROUND, ''))
}
