import { hashUserData, sha256 } from '@capi/core'
import { describe, expect, it } from 'vitest'
import * as core from '../../page/src/core/rules-of-core.ts'
import {
  buildBody,
  HASHED_KEYS,
  newDraft,
  prepareCustomer,
} from '../../page/src/model/payload-draft.ts'
import { createEmulator } from '../../src/index.ts'
import { HASH, post } from '../support.ts'

const MD5 = 'd41d8cd98f00b204e9800998ecf8427e'

describe('the Payload Helper', () => {
  it('prepares and hashes every key as core does', () => {
    const prepared = prepareCustomer({ ...HASHED_KEYS }, core)
    const { user_data } = hashUserData({ ...HASHED_KEYS })
    expect(Object.keys(prepared)).toEqual(Object.keys(HASHED_KEYS))
    for (const [key, { text = '', hash }] of Object.entries(prepared)) {
      expect([[user_data[key as 'em']].flat()[0]], key).toEqual([hash])
      expect(sha256(text), key).toBe(hash)
    }
  })

  it('lets hashes through, leaves out what core would not send, and reads a phone by its country', () => {
    const typed = {
      em: HASH,
      ln: MD5,
      external_id: MD5,
      ge: 'x',
      ph: '079 123 45 67',
      country: 'CH',
    }
    expect(prepareCustomer(typed, core)).toMatchObject({
      em: { text: HASH, hash: HASH },
      ln: { hash: MD5 },
      external_id: { hash: sha256(MD5) },
      ge: {},
      ph: { text: '41791234567' },
    })
  })

  it('leaves out what is empty', () => {
    const draft = {
      ...newDraft(0, ''),
      event_id: '',
      event_source_url: '',
      value: '5',
      customer: { ge: 'x', fbp: 'fb.1.1.2', fbc: '' },
    }
    expect(buildBody(draft, prepareCustomer(draft.customer, core), 1_793_491_200_999)).toEqual({
      data: [
        {
          event_name: 'Purchase',
          event_time: 1_793_491_200,
          action_source: 'website',
          user_data: { fbp: 'fb.1.1.2' },
          custom_data: { value: 5, currency: 'EUR' },
        },
      ],
    })
  })

  it('starts with an event that the emulator takes without a finding', async () => {
    const emulator = createEmulator()
    const draft = newDraft(Date.now(), 'Mozilla/5.0')
    const body = buildBody(draft, prepareCustomer(draft.customer, core), Date.now())
    expect((await post(emulator, body)).status).toBe(200)
    expect(emulator.events()[0]).toMatchObject({ status: 'processed', event_name: 'Purchase' })
  })
})
