import { readFileSync } from 'node:fs'
import type { Words } from '../src/normalize/words.ts'
import { pack } from './pack.ts'

/** The lists beside this file, as core reads them. */
export function wordLists(): Words {
  const countries = lines('country-names.txt').map((line) =>
    line.replace(': ', '').replaceAll(', ', ','),
  )
  const words = lines('nothing-words.txt').map((line) => line.slice(line.indexOf(': ') + 2))
  return { countryNames: countries.join('|'), nothing: words.join(' ') }
}

/** The source of `src/normalize/packed-words.ts`. */
export function packedWords(): string {
  const { countryNames, nothing } = wordLists()
  return `/** Made by \`generate/main.ts\` from the lists beside it, which are what to read and to edit. */
export const PACKED_WORDS: string =
  '${pack(`${countryNames};${nothing}`).replaceAll('\n', '\\n')}'
`
}

/** Without blank lines and comments. */
function lines(name: string): readonly string[] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8')
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('# '))
}
