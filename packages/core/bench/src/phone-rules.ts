import { normalizeField } from '@capi/core'
import { parsePhone } from '@capi/core/phone'
import { dialledFrom, EXAMPLES, FORMS, type Form, REGIONS } from './phone-numbers.ts'

/** The two rules there are for phones, as a client applies them. */
export const RULES = {
  'compact rule': (text, country) => normalizeField('ph', text, { country }),
  parsePhone: (text, country) => normalizeField('ph', text, { country, parsePhone }),
} as const satisfies Readonly<Record<string, (text: string, country: string) => string | undefined>>

export type Rule = keyof typeof RULES

export interface LeftOut {
  readonly regions: readonly string[]
  /** Not named: the number of another region, dialled from here. */
  readonly forms: readonly Form[]
  readonly reason: string
}

/** What neither rule reads. Stands in the documentation, under "Phone numbers". */
export const LEFT_OUT: readonly LeftOut[] = [
  {
    regions: ['AC', 'TA'],
    forms: ['national', 'national digits'],
    reason:
      'Ascension and Tristan da Cunha are no countries of ISO 3166-1, and numbers of four and five digits are none that a country code could be told from.',
  },
  {
    regions: ['GY', 'MN'],
    forms: [],
    reason:
      'Guyana and Mongolia dial 001 abroad. Ten digits behind it are read as a number of North America behind 00, which is far more common.',
  },
]

/** Numbers of whole numbering plans that neither rule reads in every form; in the documentation as well. */
export const LEFT_OUT_OF_PLANS: readonly { readonly digits: RegExp; readonly reason: string }[] = [
  {
    digits: /^241\d{7}$/,
    reason: 'Gabon: written with a 0 in front, and the newer numbers begin with that 0.',
  },
  {
    digits: /^390(?:3\d|43)\d{8}$/,
    reason: 'Italy: read as a mobile number with a 0 that is not dialled.',
  },
  { digits: /^48\d{7}$/, reason: 'Poland: nine digits are common, and may begin with 48.' },
  {
    digits: /^39390\d{6}$/,
    reason: 'Vatican City: read as Italy’s country code and a fixed line.',
  },
]

export interface Misread {
  readonly rule: Rule
  readonly region: string
  readonly form: Form | 'dialled abroad'
  readonly text: string
  readonly right: string
  readonly given: string | undefined
}

export interface Tally {
  readonly right: number
  readonly wrong: readonly Misread[]
}

/** Numbers in a form, with their region as country. */
export function tallyForm(rule: Rule, form: Form, numbers = EXAMPLES): Tally {
  return tally(
    rule,
    form,
    numbers.map((number) => ({ ...number, text: FORMS[form](number) })),
  )
}

/** Every region's mobile number, dialled from a region as the plan there says. */
export function tallyDialledFrom(rule: Rule, region: string): Tally {
  const written = EXAMPLES.flatMap((example) => {
    const text = example.type === 'mobile' ? dialledFrom(region, example) : undefined
    return text === undefined ? [] : { region, digits: example.digits, text }
  })
  return tally(rule, 'dialled abroad', written)
}

function tally(
  rule: Rule,
  form: Misread['form'],
  written: readonly { readonly region: string; readonly digits: string; readonly text: string }[],
): Tally {
  const wrong = written.flatMap(({ region, digits, text }) => {
    const given = RULES[rule](text, region)
    return given === digits ? [] : { rule, region, form, text, right: digits, given }
  })
  return { right: written.length - wrong.length, wrong }
}

/** Rows for `console.table`: forms × rules. */
export function phoneTable(): Readonly<Record<string, Readonly<Record<string, number | string>>>> {
  const rules = Object.keys(RULES) as Rule[]
  const row = (tallies: (rule: Rule) => readonly Tally[]) =>
    Object.fromEntries(
      rules.flatMap((rule) => {
        const all = tallies(rule)
        const wrong = all.flatMap((one) => one.wrong)
        const regions = [...new Set(wrong.map((one) => one.region))]
        return [
          [`${rule}: right`, all.reduce((sum, one) => sum + one.right, 0)],
          [`${rule}: wrong`, `${wrong.length} ${regions.join(' ')}`.trim()],
        ]
      }),
    )
  return {
    ...Object.fromEntries(
      (Object.keys(FORMS) as Form[]).map((form) => [form, row((rule) => [tallyForm(rule, form)])]),
    ),
    'dialled abroad': row((rule) => REGIONS.map((region) => tallyDialledFrom(rule, region))),
  }
}
