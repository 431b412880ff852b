import { countryNames } from './country-names.ts'
import { ODD, type Person } from './people.ts'
import { EXAMPLES, FORMS, type Form } from './phone-numbers.ts'
import { LEFT_OUT } from './phone-rules.ts'
import { wordsForNothing } from './words-for-nothing.ts'

/** The words Parameter Builder knows, and those of other languages, that a form may hold; f and m in front. */
const GENDERS = {
  f: "f female woman girl lady miss ms mrs madam ma'am she her weiblich frau femme mujer donna F. Ms. Mrs.",
  m: 'm male man boy gentleman sir mister mr he him männlich herr homme hombre uomo M. Mr.',
} as const
/** The rest of Parameter Builder's: family, nobility and slang. */
const NO_GENDERS =
  'guy son father dad daddy papa uncle nephew brother husband boyfriend groom widower king prince duke count emperor god lord lad fellow chap bloke dude his himself daughter mother mom mama mommy aunt niece sister wife girlfriend bride widow queen princess duchess countess empress goddess maiden lass gal chick dame belle hers herself'
/** Source: USPS Publication 28 and Canada Post, read 2026-11. */
const STATES = {
  us: 'al:Alabama ak:Alaska az:Arizona ar:Arkansas ca:California co:Colorado ct:Connecticut de:Delaware fl:Florida ga:Georgia hi:Hawaii id:Idaho il:Illinois in:Indiana ia:Iowa ks:Kansas ky:Kentucky la:Louisiana me:Maine md:Maryland ma:Massachusetts mi:Michigan mn:Minnesota ms:Mississippi mo:Missouri mt:Montana ne:Nebraska nv:Nevada nh:New_Hampshire nj:New_Jersey nm:New_Mexico ny:New-York nc:North_Carolina nd:North_Dakota oh:Ohio ok:Oklahoma or:Oregon pa:Pennsylvania ri:Rhode_Island sc:South_Carolina sd:South_Dakota tn:Tennessee tx:Texas ut:Utah vt:Vermont va:Virginia wa:Washington wv:West_Virginia wi:Wisconsin wy:Wyoming dc:Washington,_D.C.',
  ca: 'ab:Alberta bc:British_Columbia mb:Manitoba nb:New_Brunswick nl:Newfoundland_and_Labrador nt:Northwest_Territories ns:Nova_Scotia nu:Nunavut on:Ontario pe:Prince_Edward_Island qc:Quebec sk:Saskatchewan yt:Yukon',
} as const

/** Every kind of value that Parameter Builder's own tables and tests know, and every word for nothing, each once. */
export function buildersKinds(): Person[] {
  return [
    ...everyCountry(),
    ...everyGender(),
    ...everyState(),
    ...everyPhone(),
    ...everyOddity(),
    ...wordsForNothing(),
  ]
}

function everyCountry(): Person[] {
  return countryNames().map(({ name, code }) => ({ country: { value: name, is: code } }))
}

function everyGender(): Person[] {
  const words = (list: string) => list.split(' ')
  const known = Object.entries(GENDERS).flatMap(([is, list]) =>
    words(list).map((value) => ({ ge: { value, is } })),
  )
  return [...known, ...words(NO_GENDERS).map((value) => ({ ge: { value, is: null } }))]
}

function everyState(): Person[] {
  return Object.entries(STATES).flatMap(([country, list]) =>
    list.split(' ').flatMap((row) => {
      const [is = '', name = ''] = row.replaceAll('_', ' ').split(':')
      return [name, is.toUpperCase(), `${name}.`].map((value) => ({
        st: { value, is },
        country: { value: country, is: country },
      }))
    }),
  )
}

function everyPhone(): Person[] {
  const isLeftOut = (region: string, form: Form) =>
    LEFT_OUT.some(({ regions, forms }) => regions.includes(region) && forms.includes(form))
  return EXAMPLES.flatMap((example) =>
    (Object.keys(FORMS) as Form[])
      .filter((form) => !isLeftOut(example.region, form))
      .map((form) => ({
        ph: { value: FORMS[form](example), is: example.digits },
        ...(NO_COUNTRIES.includes(example.region)
          ? {}
          : { country: { value: example.region, is: example.region.toLowerCase() } }),
      })),
  )
}

/** Regions with telephones that ISO 3166-1 has no code for. */
const NO_COUNTRIES: readonly string[] = ['AC', 'TA']

function everyOddity(): Person[] {
  return Object.entries(ODD).flatMap(([field, values]) =>
    values.map((value) => ({ [field]: { value, is: null } })),
  )
}
