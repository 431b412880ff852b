import { describe, expect, it } from 'vitest'
import { build, custom, hash, lead, now, user } from './samples.ts'

describe('warns of what will not match, and sends it', () => {
  const at = (ms: number, fbclid = 'AbC') => `fb.1.${ms}.${fbclid}`
  it.each<[string, unknown, string]>([
    ['a name in small letters', { ...lead, event_name: 'addtocart' }, 'event_name:event_name_case'],
    ['an MD5 hash', user({ em: '5d41402abc4b2a76b9719d911017c592' }), 'user_data.em:md5_hash'],
    [
      'a click time in seconds',
      user({ fbc: `fb.1.${now / 1000 - 3_600}.AbC` }),
      'user_data.fbc:fbc_in_seconds',
    ],
    ['a click of tomorrow', user({ fbc: at(now + 2 * 86_400_000) }), 'user_data.fbc:fbc_in_future'],
    [
      'a click without capitals',
      user({ fbc: at(now - 1e6, 'abcdefghij'.repeat(5)) }),
      'user_data.fbc:fbc_lower_case',
    ],
    ['a click that is the event', user({ fbc: at(now) }), 'user_data.fbc:fbc_redated'],
    [
      'another case than the address has',
      { ...user({ fbc: at(now - 1e6, 'abc') }), event_source_url: 'https://s.example/?fbclid=AbC' },
      'user_data.fbc:fbc_case_changed',
    ],
    [
      'a currency that is corrected',
      custom({ value: 1, currency: '€' }),
      'custom_data.currency:currency_corrected',
    ],
    [
      'an unknown currency',
      custom({ value: 1, currency: 'XYZ' }),
      'custom_data.currency:currency_unknown',
    ],
    [
      'a value without currency',
      custom({ value: 1 }),
      'custom_data.currency:value_without_currency',
    ],
    [
      'a page without address',
      { ...lead, event_source_url: undefined },
      'event_source_url:event_source_url_missing',
    ],
    [
      'a page without agent',
      { ...lead, user_data: { em: hash } },
      'user_data.client_user_agent:user_agent_missing',
    ],
    [
      'a store without value',
      { event_name: 'Lead', action_source: 'physical_store', user_data: { em: hash } },
      'custom_data:store_value_missing',
    ],
    [
      'half of a data processing wish',
      { ...lead, data_processing_options: ['LDU'], data_processing_options_country: 1 },
      'data_processing_options:data_processing_invalid',
    ],
  ])('%s', (_name, input, issue) => {
    const { event, found } = build(input)
    expect(found).toEqual([issue])
    expect(event).toBeDefined()
  })

  it('a value without currency is left out, and what stands beside it stays', () => {
    const { event } = build(custom({ value: 1, content_name: 'Mug' }))
    expect(event?.custom_data).toEqual({ content_name: 'Mug' })
  })
})
