import { CapiConfigError } from '@capi/core'
import { expect, it } from 'vitest'
import { readSigned } from '../../src/collector/sign-event.ts'
import { signEvent } from '../../src/index.ts'
import { mount, SECRET } from './mount-collector.ts'

const BOUGHT = {
  secret: SECRET,
  event_id: 'order.7',
  custom_data: { value: 24, currency: 'EUR', content_ids: ['mug'] },
} as const

it('a page needs to send no more than the name and the signed event', async () => {
  const { post, sent, refusals } = await mount()
  const signed = signEvent(BOUGHT)
  await post({ body: JSON.stringify({ event_name: 'Purchase', signed }) })
  expect(refusals).toEqual([])
  expect(await sent()).toMatchObject([{ event_id: 'order.7', custom_data: BOUGHT.custom_data }])
})

it('another event still needs its id, whatever signed event lies beside it', async () => {
  const { post, sent, refusals } = await mount()
  const signed = signEvent(BOUGHT)
  await post({ body: JSON.stringify({ event_name: 'ViewContent', signed }) })
  expect(refusals).toEqual(['malformed'])
  expect(await sent()).toEqual([])
})

it('nothing is signed with a secret that can be guessed', () => {
  for (const secret of ['short', '', undefined])
    expect(() => signEvent({ ...BOUGHT, secret: secret as never })).toThrow(CapiConfigError)
})

it.each<[what: string, wrong: object, words: string]>([
  ['no value', { custom_data: { currency: 'EUR' } }, 'custom_data.value: A Purchase needs'],
  ['no number', { custom_data: { value: 'a', currency: 'EUR' } }, 'The amount is no number'],
  ['no currency', { custom_data: { value: 24 } }, 'custom_data.currency: The event needs'],
  ['no ISO code', { custom_data: { value: 24, currency: 'coins' } }, 'names no currency'],
  ['nothing bought', { custom_data: undefined }, 'custom_data.value: '],
  ['no event_id', { event_id: undefined }, 'event_id: '],
])('a purchase is not signed with %s', (_what, wrong, words) => {
  const options = { ...BOUGHT, ...wrong }
  expect(() => signEvent(options as never)).toThrow(CapiConfigError)
  expect(() => signEvent(options as never)).toThrow('Fix what signEvent is given')
  expect(() => signEvent(options as never)).toThrow(words)
  expect(() => signEvent(options as never)).not.toThrow('coins')
})

/** Made by the first release, for `SECRET` and ever. Pages and caches hold such texts: a change is another version. */
const OF_VERSION_1 =
  '1.eyJldmVudF9pZCI6Im9yZGVyLjciLCJjdXN0b21fZGF0YSI6eyJ2YWx1ZSI6MjQsImN1cnJlbmN5IjoiRVVSIiwiY29udGVudF9pZHMiOlsibXVnIl19LCJleHBpcmVzQXRNcyI6ODY0MDAwMDAwMDAwMDAwMH0.uiwsw_eEWflGrpwDCQLZ9CqcP0DcjJiDD9Spt5X4yO8'

it('a text of version 1 is read, and made, as it always was', () => {
  const options = { ...BOUGHT, secret: 'a-secret-of-these-tests', nowMs: 0, expiresInMs: 8.64e15 }
  expect(signEvent(options)).toBe(OF_VERSION_1)
  expect(readSigned(OF_VERSION_1, options.secret, Date.now())).toMatchObject({
    event_id: 'order.7',
    custom_data: BOUGHT.custom_data,
  })
})
