import { readFileSync } from 'node:fs'
import type { Words } from '../src/field/words.ts'
import { pack } from './pack.ts'

/** The lists beside this file, as core reads them. */
export function wordLists(): Words {
  const nothing = lines('nothing-words.txt').map((line) => line.slice(line.indexOf(': ') + 2))
  return {
    countryNames: countryRows()
      .map(({ names }) => names)
      .join('|'),
    countryForms: lines('country-forms.txt').join(' '),
    nothing: nothing.join(' '),
    usStates: states('us'),
    caStates: states('ca'),
  }
}

/** The source of `src/field/packed-words.ts`. */
export function packedWords(): string {
  const { countryNames, countryForms, nothing, usStates, caStates } = wordLists()
  const packed = pack([countryNames, countryForms, nothing, usStates, caStates].join(';'))
  return `/** Made by \`generate/main.ts\` from the lists beside it, which are what to read and to edit. */
export const PACKED_WORDS: string =
  '${packed.replaceAll('\n', '\\n')}'

/** Alpha-2, alpha-3 and calling code of each country; \`country-table.ts\` reads them. */
export const COUNTRY_CODES: string =
  '${countryCodes()}'
`
}

interface CountryRow {
  readonly codes: readonly string[]
  readonly names: string
}

function countryRows(): readonly CountryRow[] {
  return lines('countries.txt').map((line) => {
    const [codes = '', names = ''] = line.split(': ')
    return { codes: codes.split(' '), names: names.replaceAll(', ', ',') }
  })
}

/** `Adand376eare971fg93`: a capital where alpha-2 begins with another letter, its second letter, what alpha-3 adds, the calling code. */
function countryCodes(): string {
  let initial = ''
  return countryRows()
    .map(({ codes: [alpha2 = '', alpha3 = '', callingCode] }) => {
      const begins = alpha2.charAt(0) === initial ? '' : alpha2.charAt(0).toUpperCase()
      initial = alpha2.charAt(0)
      return begins + alpha2.charAt(1) + addedBy(alpha3, alpha2) + callingCode
    })
    .join('')
}

/** The third letter, the second and third, or all of them. */
function addedBy(alpha3: string, alpha2: string): string {
  if (alpha3.startsWith(alpha2)) return alpha3.slice(2)
  return alpha3.charAt(0) === alpha2.charAt(0) ? alpha3.slice(1) : alpha3
}

/** `al:alabama,ala ak:alaska`. */
function states(country: string): string {
  return lines('states.txt')
    .filter((line) => line.startsWith(`${country} `))
    .map((line) => line.slice(3).replace(': ', ':').replaceAll(', ', ','))
    .join(' ')
}

/** Without blank lines and comments. */
function lines(name: string): readonly string[] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8')
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('# '))
}
