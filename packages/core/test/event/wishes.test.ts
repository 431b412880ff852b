import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { app, app_data, build, lead } from './samples.ts'

const YES = [true, 1, 1n, '1', 'true', 'TRUE', ' yes ', 'y', 'on', 't']
const NO = [false, 0, 0n, '0', 'false', 'No', 'n', 'off', ' f ']
const UNREADABLE = ['maybe', 'oui?', 2, -1, Number.NaN, [true], ['true', 'false'], {}, 'null', 'ok']

const limits = (more: object) => {
  const { event, found } = build({ ...lead, ...more })
  const { data_processing_options, data_processing_options_country: country } = event ?? {}
  return {
    found,
    sent: [data_processing_options, country, event?.data_processing_options_state],
  }
}
const ldu = (country: number, state: number) => [['LDU'], country, state]

describe('opt_out', () => {
  it.each(YES)('reads %o as yes', (opt_out) => {
    expect(build({ ...lead, opt_out })).toMatchObject({ event: { opt_out: true }, found: [] })
  })

  it.each(NO)('reads %o as no', (opt_out) => {
    expect(build({ ...lead, opt_out })).toMatchObject({ event: { opt_out: false }, found: [] })
  })

  it.each(UNREADABLE)('takes %o for yes, and reports it', (opt_out) => {
    expect(build({ ...lead, opt_out })).toMatchObject({
      event: { opt_out: true },
      found: ['opt_out:wish_unreadable'],
    })
  })

  it.each([undefined, null, '', ' '])('takes %o for nothing said', (opt_out) => {
    const { event, found } = build({ ...lead, opt_out })
    expect(event).not.toHaveProperty('opt_out')
    expect(found).toEqual([])
  })
})

describe.each(['advertiser_tracking_enabled', 'application_tracking_enabled'])('%s', (key) => {
  const given = (value: unknown) => {
    const { event, found } = build({ ...app, app_data: { ...app_data, [key]: value } })
    return { sent: event?.app_data?.[key], found }
  }

  it.each(YES)('reads %o as 1', (value) => {
    expect(given(value)).toEqual({ sent: 1, found: [] })
  })

  it.each(NO)('reads %o as 0', (value) => {
    expect(given(value)).toEqual({ sent: 0, found: [] })
  })

  it.each([...UNREADABLE, 'denied', 'notDetermined', 3])(
    'takes %o for 0, and reports it',
    (value) => {
      expect(given(value)).toEqual({ sent: 0, found: [`app_data.${key}:wish_unreadable`] })
    },
  )
})

describe('data processing options', () => {
  it.each<[string, unknown, unknown, unknown, unknown[]]>([
    ['numbers', ['LDU'], 1, 1000, ldu(1, 1000)],
    ['digits', ['LDU'], '1', '1000', ldu(1, 1000)],
    ['digits with blanks', ['LDU'], ' 1 ', '1013 ', ldu(1, 1013)],
    ['big integers', ['LDU'], 1n, 1000n, ldu(1, 1000)],
    ['zeros as text', ['LDU'], '0', '0', ldu(0, 0)],
    ['the word alone', 'LDU', '1', '1000', ldu(1, 1000)],
    ['small letters', ['ldu'], 1, 1000, ldu(1, 1000)],
    ['a list as JSON', '["LDU"]', '1', '1000', ldu(1, 1000)],
    ['neither country nor state', ['LDU'], undefined, undefined, ldu(0, 0)],
    ['blank country and state', ['LDU'], '', null, ldu(0, 0)],
    ['expressly none', [], undefined, undefined, [[], undefined, undefined]],
    ['expressly none as JSON', '[]', 1, 1000, [[], undefined, undefined]],
    ['nothing', undefined, undefined, undefined, [undefined, undefined, undefined]],
    ['zeros without a wish', undefined, 0, '0', [undefined, undefined, undefined]],
  ])('reads %s', (_name, options, country, state, sent) => {
    const fields = {
      data_processing_options: options,
      data_processing_options_country: country,
      data_processing_options_state: state,
    }
    expect(limits(fields)).toEqual({ found: [], sent })
  })

  it.each<[string, unknown, unknown, unknown, unknown[]]>([
    ['another word', ['CCPA'], 1, 1000, ldu(1, 1000)],
    ['two words', ['LDU', 'LDU'], 1, 1000, ldu(1, 1000)],
    ['true', true, undefined, undefined, ldu(0, 0)],
    ['no', 'no', undefined, undefined, ldu(0, 0)],
    ['a list of nothing', [''], undefined, undefined, ldu(0, 0)],
    ['an object', {}, 1, 1000, ldu(1, 1000)],
    ['a state that does not exist', ['LDU'], 1, 1014, ldu(0, 0)],
    ['a state without a country', ['LDU'], undefined, '1000', ldu(1, 1000)],
    ['a country without a state', ['LDU'], '1', undefined, ldu(0, 0)],
    ['a country in words', ['LDU'], 'USA', '1000', ldu(1, 1000)],
    ['a state without the options', undefined, 1, 1000, ldu(1, 1000)],
    ['a state alone', undefined, undefined, '1003', ldu(1, 1003)],
  ])('takes %s for a limit, and reports it', (_name, options, country, state, sent) => {
    const fields = {
      data_processing_options: options,
      data_processing_options_country: country,
      data_processing_options_state: state,
    }
    expect(limits(fields)).toEqual({
      found: ['data_processing_options:data_processing_invalid'],
      sent,
    })
  })

  it('sends no limit only where there is expressly none, or nothing is said', () => {
    const value = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true }),
      fc.constantFrom('LDU', 'ldu', '[]', '1', '1000', 0, 1, 1000, 1014, ''),
    )
    fc.assert(
      fc.property(value, value, value, (options, country, state) => {
        const { sent } = limits({
          data_processing_options: options,
          data_processing_options_country: country,
          data_processing_options_state: state,
        })
        const isNone =
          options === undefined ||
          options === null ||
          (Array.isArray(options) && options.length === 0) ||
          (typeof options === 'string' && options.trim() === '[]')
        if (!isNone) expect(sent[0]).toEqual(['LDU'])
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('a wish in the wrong place', () => {
  it.each<[string, object]>([
    ['custom_data', { custom_data: { opt_out: '1', a: 1 } }],
    ['user_data', { user_data: { ...lead.user_data, opt_out: true } }],
    ['camelCase', { optOut: 'yes' }],
    ['camelCase in custom_data', { custom_data: { optOut: 1 } }],
  ])('counts: opt_out in %s', (_name, more) => {
    const { event, found } = build({ ...lead, ...more })
    expect(event?.opt_out).toBe(true)
    expect(found).toEqual([expect.stringMatching(/opt_?out:misplaced_key/i)])
    expect(event?.custom_data ?? {}).not.toHaveProperty('opt_out')
  })

  it.each(['OptOut', 'optout', 'opt-out', 'OPT_OUT'])('counts: %s', (key) => {
    const { event, found } = build({ ...lead, [key]: 'yes' })
    expect(event?.opt_out).toBe(true)
    expect(found).toHaveLength(1)
  })

  it.each([
    {
      DataProcessingOptions: ['LDU'],
      DataProcessingOptionsCountry: 1,
      DataProcessingOptionsState: 1000,
    },
    {
      'data-processing-options': 'LDU',
      'data-processing-options-country': '1',
      'data-processing-options-state': '1000',
    },
  ])('counts: %j', (fields) => {
    expect(limits(fields).sent).toEqual(ldu(1, 1000))
  })

  it('counts: data processing options in custom_data, and as the Pixel names them', () => {
    const fields = {
      data_processing_options: ['LDU'],
      data_processing_options_country: 1,
      data_processing_options_state: 1000,
    }
    expect(limits({ custom_data: fields }).sent).toEqual(ldu(1, 1000))
    expect(limits({ user_data: { ...lead.user_data, ...fields } }).sent).toEqual(ldu(1, 1000))
    const camel = {
      dataProcessingOptions: ['LDU'],
      dataProcessingOptionsCountry: 1,
      dataProcessingOptionsState: 1000,
    }
    expect(limits(camel).sent).toEqual(ldu(1, 1000))
  })

  it("does not win over the event's own", () => {
    const more = { opt_out: false, custom_data: { opt_out: true } }
    expect(build({ ...lead, ...more }).event?.opt_out).toBe(false)
  })
})
