import { sha256 } from '@capi/core'
import { expect } from 'vitest'
import { leads } from '../../src/any-tracker.ts'
import { script } from '../../src/dispose-the-client.ts'
import { clientThatNotes } from '../../src/fate-of-an-order.ts'
import { clientWithPino } from '../../src/log-with-pino.ts'
import { mock, Newsletter } from '../../src/mock-in-a-unit-test.ts'
import { onStaging } from '../../src/off-by-a-switch.ts'
import { develop } from '../../src/off-without-a-pixel-id.ts'
import { clientOf } from '../../src/options-from-variables.ts'
import { measured } from '../../src/own-fetch.ts'
import { counted } from '../../src/own-outbox.ts'
import { useAll } from '../../src/own-wrapper.ts'
import { toBoth } from '../../src/several-pixels.ts'
import { tenantsOf } from '../../src/tenants.ts'
import { withNothingSaid } from '../../src/undefined-everywhere.ts'
import { watch } from '../../src/watch-requests.ts'
import { REFUSED, received } from '../desk.ts'
import type { Table } from './task.ts'

const LEAD = { action_source: 'chat', user_data: { em: 'anna.muster@example.com' } } as const

/** Tasks with clients: how they are made, watched, tested and wrapped. */
export const CLIENT_TASKS: Table = {
  'several-pixels': async ({ emulator, options }) => {
    const { tracked, delivered } = await toBoth(options)
    expect({ tracked, delivered }).toEqual({ tracked: 2, delivered: 2 })
    expect(
      emulator
        .events()
        .map(({ pixel_id }) => pixel_id)
        .sort(),
    ).toEqual(['1234567890', '9876543210'])
  },

  tenants: async ({ emulator, options, log, drops }) => {
    const tenants = new Map([
      ['blue', { pixelId: '1111111111', token: 'token-blue' }],
      ['red', { pixelId: '2222222222', token: 'token-gold' }],
    ])
    const software = tenantsOf(options, tenants)
    await software.lead('blue', 'blue@example.com')
    await software.lead('red', 'red@example.com')
    expect(log).toEqual([])
    expect(await software.lead('green', 'green@example.com')).toBeUndefined()
    await software.capi.close()
    expect(received(emulator, 'pixel_id', 'token')).toMatchObject([
      { pixel_id: '1111111111', token: '…blue' },
      { pixel_id: '2222222222', token: '…gold' },
    ])
    expect(drops).toEqual([])
  },

  'mock-in-a-unit-test': async ({ web, capi, emulator }) => {
    const { capi: mocked, calls } = mock()
    expect(await new Newsletter(mocked).subscribe('anna.muster@example.com')).toBe('accepted')
    expect(calls).toEqual([['Lead', {}, { user_data: { em: 'anna.muster@example.com' } }]])
    await new Newsletter(web).subscribe('anna.muster@example.com')
    await capi.close()
    expect(emulator.events()).toHaveLength(1)
  },

  'off-without-a-pixel-id': async ({ options, log }) => {
    const { pixelId: _id, accessToken: _token, ...rest } = options
    expect(await develop({}, rest)).toMatchObject({ outcome: 'dropped', reason: 'disabled' })
    expect(log[0]).toContain('META_PIXEL_ID')
  },

  'off-by-a-switch': async ({ emulator, options, log }) => {
    expect(await onStaging(options, false)).toEqual({ outcome: 'dropped', reason: 'disabled' })
    expect(log).toEqual([])
    expect(await onStaging(options, true)).toEqual({ outcome: 'accepted', reason: undefined })
    expect(emulator.events()).toHaveLength(1)
  },

  'log-with-pino': async ({ options }) => {
    const lines: unknown[] = []
    const log = (...args: unknown[]) => void lines.push(args[0])
    const capi = clientWithPino({ debug: log, info: log, warn: log, error: log }, options)
    await capi.track('Lead', {}, { ...LEAD, user_data: { em: 'no address', external_id: 7 } })
    await capi.close()
    expect(lines).toEqual([expect.stringContaining('user_data.em')])
  },

  'watch-requests': async ({ capi }) => {
    const seen: string[] = []
    const stop = watch((verdict, durationMs) => seen.push(`${verdict} ${durationMs >= 0}`))
    await capi.track('Lead', {}, LEAD)
    await capi.close()
    stop()
    expect(seen).toEqual(['delivered true'])
  },

  'own-outbox': async ({ emulator, options }) => {
    const { capi, puts } = counted(options)
    await capi.track('Lead', {}, LEAD)
    await capi.close()
    expect(puts()).toBe(1)
    expect(emulator.events()).toHaveLength(1)
  },

  'own-fetch': async ({ options }) => {
    const statuses: number[] = []
    const capi = measured(options, (status) => statuses.push(status))
    await capi.track('Lead', {}, LEAD)
    await capi.close()
    expect(statuses).toEqual([200])
  },

  'options-from-variables': async ({ emulator, options }) => {
    const capi = clientOf({ PIXEL: '5555555555', TOKEN: 'token', COUNTRY: 'DE' }, options)
    await capi.track('Lead', {}, { ...LEAD, user_data: { ph: '0171 1234567' } })
    await capi.close()
    expect(emulator.events()[0]).toMatchObject({
      pixel_id: '5555555555',
      payload: { user_data: { ph: [sha256('491711234567')] } },
    })
  },

  'fate-of-an-order': async ({ emulator, options }) => {
    const fates: string[] = []
    const capi = clientThatNotes(options, (id, fate) => fates.push(`${id}: ${fate}`))
    await capi.track('Lead', {}, { ...LEAD, event_id: 'good' })
    await capi.track('Lead', {}, { action_source: 'chat', event_id: 'nobody' })
    await capi.flush()
    emulator.fail({ action: REFUSED })
    await capi.track('Lead', {}, { ...LEAD, event_id: 'refused' })
    await capi.close()
    expect(fates.sort()).toEqual([
      'good: delivered',
      'nobody: invalid',
      'refused: rejected meta_100_2804050',
    ])
  },

  'any-tracker': async ({ capi, emulator }) => {
    expect(await leads(capi, 'anna.muster@example.com')).toEqual(Array(3).fill('accepted'))
    await capi.close()
    expect(emulator.events()).toHaveLength(3)
  },

  'undefined-everywhere': async ({ emulator, options, log }) => {
    const { dropped, queued } = await withNothingSaid(options, undefined)
    expect(queued).toBe(0)
    expect(dropped).toBe(0)
    expect(log).toEqual([])
    expect(emulator.events()).toHaveLength(3)
  },

  'dispose-the-client': async ({ emulator }) => {
    await script(emulator)
    expect(received(emulator)).toMatchObject([{ event_name: 'Lead', status: 'processed' }])
  },

  'own-wrapper': async ({ capi, emulator, log }) => {
    const calls = await useAll(capi)
    await capi.close()
    expect(log).toEqual([])
    expect(emulator.events({ status: 'processed' })).toHaveLength(calls)
  },
}
