import { compact } from './compact.ts'
import { countries } from './country-table.ts'

const MAX_LENGTH = 128

/** Names people type that English `Intl.DisplayNames` does not give, by code. */
const SYNONYMS: Readonly<Record<string, string>> = {
  ae: 'uae emirates',
  at: 'österreich oesterreich',
  ba: 'bosniaandherzegovina bosnia',
  be: 'belgië belgique belgien',
  br: 'brasil brasilien',
  by: 'belorussia',
  bo: 'plurinationalstateofbolivia',
  cd: 'drcongo democraticrepublicofthecongo congokinshasa',
  cg: 'congo republicofthecongo congobrazzaville',
  ch: 'schweiz suisse svizzera svizra',
  ci: 'ivorycoast',
  cn: 'prchina peoplesrepublicofchina mainlandchina zhongguo',
  cv: 'capeverde',
  cz: 'czechrepublic česko českárepublika tschechien',
  de: 'deutschland allemagne alemania germania brd federalrepublicofgermany',
  dk: 'danmark',
  ee: 'eesti',
  es: 'españa espana spanien espagne',
  fi: 'suomi',
  fk: 'falklandislandsmalvinas',
  fr: 'frankreich francia',
  gb: 'uk greatbritain britain england scotland wales northernireland unitedkingdomofgreatbritainandnorthernireland grossbritannien großbritannien',
  gr: 'hellas ελλάδα griechenland',
  hk: 'hongkong',
  hr: 'hrvatska kroatien',
  hu: 'magyarország ungarn',
  ie: 'éire eire republicofireland irland',
  ir: 'islamicrepublicofiran',
  is: 'ísland',
  it: 'italia italien italie',
  jp: 'nippon nihon 日本',
  kp: 'democraticpeoplesrepublicofkorea',
  kr: 'korea republicofkorea rok',
  la: 'laopeoplesdemocraticrepublic',
  lt: 'lietuva',
  lv: 'latvija',
  mk: 'macedonia fyrom',
  mm: 'burma',
  mo: 'macau macao',
  mx: 'méxico mexiko',
  nl: 'holland nederland niederlande thenetherlands paysbas',
  no: 'norge norwegen',
  nz: 'aotearoa',
  ph: 'thephilippines',
  pl: 'polska polen',
  ps: 'palestine stateofpalestine',
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
  us: 'unitedstatesofamerica america vereinigtestaaten estadosunidos étatsunis',
  va: 'holysee',
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
  return codesByName().get(word)
}

let byName: ReadonlyMap<string, string> | undefined

/** Made at the first name or alpha-3: some milliseconds, once. */
function codesByName(): ReadonlyMap<string, string> {
  byName ??= collectNames()
  return byName
}

function collectNames(): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  for (const { alpha2, alpha3 } of countries().values()) {
    names.set(alpha3, alpha2)
    const name = english.of(alpha2.toUpperCase())
    if (name === undefined) continue
    names.set(compact(name), alpha2)
    names.set(compact(name.replace('&', 'and').replace('St.', 'Saint')), alpha2)
  }
  for (const [code, words] of Object.entries(SYNONYMS)) {
    for (const word of words.split(' ')) names.set(word, code)
  }
  return names
}
