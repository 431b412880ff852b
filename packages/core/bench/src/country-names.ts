/**
 * Countries and territories in the words of ISO 3166-1's English list, a part of the name in front of it; Parameter
 * Builder's table has the same words. By code.
 */
const OFFICIAL: Readonly<Record<string, string>> = {
  ax: 'Åland Islands',
  bo: 'Bolivia, Plurinational State of',
  bq: 'Bonaire, Sint Eustatius and Saba',
  cc: 'Cocos (Keeling) Islands',
  cd: 'Congo, the Democratic Republic of the',
  ci: "Côte d'Ivoire",
  cw: 'Curaçao',
  fk: 'Falkland Islands (Malvinas)',
  fm: 'Micronesia, Federated States of',
  gs: 'South Georgia and the South Sandwich Islands',
  hm: 'Heard Island and McDonald Islands',
  io: 'British Indian Ocean Territory',
  ir: 'Iran, Islamic Republic of',
  kp: "Korea, Democratic People's Republic of",
  kr: 'Korea, Republic of',
  la: "Lao People's Democratic Republic",
  md: 'Moldova, Republic of',
  mf: 'Saint Martin (French part)',
  mk: 'Macedonia, the former Yugoslav Republic of',
  ps: 'Palestine, State of',
  re: 'Réunion',
  sh: 'Saint Helena, Ascension and Tristan da Cunha',
  sj: 'Svalbard and Jan Mayen',
  st: 'Sao Tome and Principe',
  sx: 'Sint Maarten (Dutch part)',
  sy: 'Syrian Arab Republic',
  tf: 'French Southern Territories',
  tw: 'Taiwan, Province of China',
  tz: 'Tanzania, United Republic of',
  um: 'United States Minor Outlying Islands',
  va: 'Holy See (Vatican City State)',
  vc: 'Saint Vincent and the Grenadines',
  ve: 'Venezuela, Bolivarian Republic of',
  vg: 'Virgin Islands, British',
  vi: 'Virgin Islands, U.S.',
}

export interface CountryName {
  readonly name: string
  readonly code: string
}

/** The English name of every country and territory as today's Unicode gives it, and ISO's own. */
export function countryNames(): CountryName[] {
  const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + index))
  const today = letters.flatMap((first) =>
    letters.flatMap((second) => {
      const code = first + second
      const name = NOT_ISO.has(code) ? undefined : english.of(code.toUpperCase())
      return name === undefined ? [] : { name, code }
    }),
  )
  const official = Object.entries(OFFICIAL).map(([code, name]) => ({ name, code }))
  return [...today, ...official]
}

/** Unicode's regions that are no countries of ISO 3166-1, and old codes it still resolves. */
const NOT_ISO: ReadonlySet<string> = new Set(
  'ac an bu cp cq cs dd dg dy ea eu ez fx hv ic nh nt qo rh su ta tp uk un vd xa xb yd yu zr zz'.split(
    ' ',
  ),
)
