import { compact } from './compact.ts'
import { countries } from './country-table.ts'

const MAX_LENGTH = 128

/** Names people type that English `Intl.DisplayNames` does not give, by code. */
const SYNONYMS: Readonly<Record<string, string>> = {
  ag: 'antigua',
  bn: 'bruneidarussalam',
  lu: 'luxemburg',
  md: 'republicofmoldova',
  vi: 'usvirginislands',
  ae: 'uae emirates',
  at: 'österreich oesterreich',
  ba: 'bosniaandherzegovina bosnia',
  be: 'belgië belgique belgien',
  br: 'brasil brasilien',
  by: 'belorussia',
  bo: 'plurinationalstateofbolivia',
  cd: 'thedemocraticrepublicofthecongo drcongo democraticrepublicofthecongo congokinshasa',
  cg: 'congo republicofthecongo congobrazzaville',
  ch: 'suiza schweiz suisse svizzera svizra',
  ci: 'ivorycoast',
  cn: '中国 prchina peoplesrepublicofchina mainlandchina zhongguo',
  cv: 'capeverde caboverde',
  cz: 'czechrepublic česko českárepublika tschechien',
  de: 'deutschland allemagne alemania germania brd federalrepublicofgermany',
  dk: 'danmark dänemark',
  ee: 'eesti',
  es: 'españa espana spanien espagne',
  fi: 'suomi',
  fk: 'falklandislandsmalvinas',
  fr: 'frankreich francia',
  gb: 'uk vereinigteskönigreich royaumeuni reinounido greatbritain britain england scotland wales northernireland unitedkingdomofgreatbritainandnorthernireland grossbritannien großbritannien',
  gr: 'hellas ελλάδα griechenland',
  hk: 'hongkong hongkongsar',
  hr: 'hrvatska kroatien',
  hu: 'magyarország ungarn',
  ie: 'éire eire republicofireland irland',
  ir: 'islamicrepublicofiran',
  is: 'ísland',
  it: 'italia italien italie',
  jp: 'nippon nihon 日本',
  kp: 'democraticpeoplesrepublicofkorea',
  kr: '대한민국 korea republicofkorea rok',
  la: 'laopeoplesdemocraticrepublic',
  lt: 'lietuva',
  lv: 'latvija',
  mk: 'macedonia fyrom republicofnorthmacedonia',
  mm: 'burma myanmar',
  mo: 'macau macao',
  mx: 'méxico mexiko',
  nl: 'holland nederland niederlande thenetherlands paysbas',
  no: 'norge norwegen',
  nz: 'aotearoa',
  ph: 'thephilippines',
  pl: 'polska polen',
  ps: 'palestine stateofpalestine palestinianterritory',
  ro: 'românia rumänien',
  ru: 'russianfederation россия',
  se: 'sverige schweden',
  si: 'slovenija slowenien',
  sk: 'slovakrepublic slovensko slowakei',
  sy: 'syrianarabrepublic',
  sz: 'swaziland',
  tl: 'easttimor',
  tr: 'turkey turkiye türkei',
  tw: 'taiwanprovinceofchina roc',
  tz: 'unitedrepublicoftanzania',
  ua: 'україна',
  us: 'vereinigtestaatenvonamerika unitedstatesofamerica america vereinigtestaaten estadosunidos étatsunis',
  va: 'holysee vatican',
  ve: 'bolivarianrepublicofvenezuela',
  vn: 'vietnam',
  za: 'rsa',
}

/**
 * ISO 3166-1 alpha-2 of a code or name; unknown ones are dropped, never cut to two letters.
 * Source: Meta, Customer Information Parameters, read 2026-09.
 */
export function country(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const word = compact(text)
  if (word.length === 2 && countries().has(word)) return word
  const names = codesByName()
  return names.get(word) ?? names.get(rewritten(text))
}

/** `The Bahamas`, `Korea, Republic of`, `Schweiz (CH)` and names without their accents, in the table's form. */
function rewritten(text: string): string {
  const bare = text.replace(/\([^()]*\)/, '').replace(/^\s*the\s/i, '')
  const comma = bare.indexOf(',')
  const swapped = comma < 0 ? bare : `${bare.slice(comma + 1)} ${bare.slice(0, comma)}`
  return withoutAccents(compact(swapped))
}

function withoutAccents(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '')
}

let byName: ReadonlyMap<string, string> | undefined

/** Made at the first name or alpha-3: some milliseconds, once. */
function codesByName(): ReadonlyMap<string, string> {
  byName ??= collectNames()
  return byName
}

function collectNames(): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const add = (word: string, code: string) => {
    names.set(withoutAccents(word), code)
    names.set(word, code)
  }
  const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  for (const { alpha2, alpha3 } of countries().values()) {
    names.set(alpha3, alpha2)
    const name = english.of(alpha2.toUpperCase())
    if (name === undefined) continue
    for (const spelling of [name, name.replace('&', 'and'), name.replace(/ \(.*| SAR.*/, '')]) {
      add(compact(spelling), alpha2)
      add(compact(spelling.replace('St.', 'Saint')), alpha2)
    }
  }
  for (const [code, words] of Object.entries(SYNONYMS)) {
    for (const word of words.split(' ')) add(word, code)
  }
  return names
}
