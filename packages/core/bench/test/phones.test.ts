import { describe, expect, it } from 'vitest'
import { drawnNumbers } from '../src/drawn-numbers.ts'
import { EXAMPLES, FORMS, type Form, REGIONS } from '../src/phone-numbers.ts'
import {
  LEFT_OUT,
  LEFT_OUT_OF_PLANS,
  type Misread,
  RULES,
  type Rule,
  tallyDialledFrom,
  tallyForm,
} from '../src/phone-rules.ts'

const forms = Object.keys(FORMS) as Form[]
const leftOut = (form: Form) =>
  LEFT_OUT.flatMap((one) => (one.forms.includes(form) ? one.regions : []))
const drawn = drawnNumbers(10)
const leftOutAbroad = LEFT_OUT.flatMap((one) => (one.forms.length === 0 ? one.regions : []))

it('has a mobile and a fixed-line number of every region, but for Tristan da Cunha', () => {
  expect(REGIONS.length).toBeGreaterThanOrEqual(245)
  expect(EXAMPLES.length).toBe(2 * REGIONS.length - 1)
})

describe.each(Object.keys(RULES) as Rule[])('%s', (rule) => {
  it.each(forms)('reads every region’s numbers: %s', (form) => {
    const { right, wrong } = tallyForm(rule, form)
    const regions = leftOut(form)
    expect(wrong.filter((one) => !regions.includes(one.region))).toEqual([])
    expect(new Set(wrong.map((one) => one.region))).toEqual(new Set(regions))
    expect(right + wrong.length).toBe(EXAMPLES.length)
  })

  it.each(forms)('reads numbers drawn from every numbering plan: %s', (form) => {
    expect(drawn.length).toBeGreaterThan(4_000)
    const { wrong } = tallyForm(rule, form, drawn)
    const isKnown = ({ region, right }: Misread) =>
      leftOut(form).includes(region) || LEFT_OUT_OF_PLANS.some(({ digits }) => digits.test(right))
    expect(wrong.filter((one) => !isKnown(one))).toEqual([])
  })

  it('reads every region’s numbers as they are dialled from every other', () => {
    const wrong = REGIONS.flatMap((region) => tallyDialledFrom(rule, region).wrong)
    expect(wrong.filter((one) => !leftOutAbroad.includes(one.region))).toEqual([])
    expect(new Set(wrong.map((one) => one.region))).toEqual(new Set(leftOutAbroad))
  })
})
