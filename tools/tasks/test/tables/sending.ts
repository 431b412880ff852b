import type { EventInput } from '@capi/core'
import { sha256 } from '@capi/core'
import { expect } from 'vitest'
import { row, sendRow } from '../../src/build-now-send-later.ts'
import { problemsOf } from '../../src/check-what-is-unknown.ts'
import { refusedByMeta } from '../../src/dead-letters.ts'
import { read } from '../../src/events-from-json.ts'
import { hashed } from '../../src/hash-a-customer-list.ts'
import { fromVariable, inline } from '../../src/paste-metas-payload.ts'
import { queued } from '../../src/queue-whole-events.ts'
import { forgetOrder, replayOrder } from '../../src/replay-one-order.ts'
import { byClass, byCode } from '../../src/send-errors.ts'
import { tryOut } from '../../src/test-code-for-one-event.ts'
import type { Desk } from '../desk.ts'
import { REFUSED, received } from '../desk.ts'
import type { Table } from './task.ts'

const EMAIL = 'anna.muster@example.com'
const LEAD: EventInput = { event_name: 'Lead', action_source: 'chat', user_data: { em: EMAIL } }

/** Purchases that Meta refuses for what they are: one each, so that none is tried again. */
async function refuseOrders({ capi, emulator }: Desk, ...ids: readonly number[]): Promise<void> {
  const end = emulator.fail({ action: REFUSED })
  for (const id of ids) {
    await capi.track(
      'Purchase',
      { value: 5, currency: 'EUR' },
      { action_source: 'chat', event_id: `order.${id}`, user_data: { em: EMAIL } },
    )
    await capi.flush()
  }
  end()
}

/** Tasks with whole events: built, sent, refused. */
export const SENDING_TASKS: Table = {
  'hash-a-customer-list': async () => {
    const [first] = hashed([{ email: ' Anna.Muster@Example.com', phone: '079 123 45 67' }])
    expect(first?.user_data).toMatchObject({ em: [sha256(EMAIL)], ph: [sha256('41791234567')] })
  },

  'events-from-json': async () => {
    const { events, issues } = read(JSON.stringify([LEAD, { event_name: 'Lead' }, null, 7]))
    expect(events).toHaveLength(1)
    expect(issues.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(
      expect.arrayContaining(['action_source_missing', 'event_not_object']),
    )
  },

  'check-what-is-unknown': async () => {
    expect(problemsOf(undefined)).toEqual([': event_not_object'])
    expect(problemsOf({ event_name: 'Lead' })).toContain('action_source: action_source_missing')
    expect(problemsOf(LEAD)).toEqual([])
  },

  'send-errors': async ({ capi, emulator }) => {
    const nobody: EventInput = { event_name: 'Lead', action_source: 'chat' }
    expect(await byClass(capi, LEAD)).toBe('sent')
    expect(await byClass(capi, nobody)).toBe('customer_information_missing')
    expect(await byCode(capi, nobody)).toBe('user_data')
    const end = emulator.fail({ preset: 'token-expired' })
    expect(await byClass(capi, LEAD)).toMatch(/^401 190 \S+$/)
    expect(await byCode(capi, LEAD)).toBe('refused')
    end()
    emulator.fail({ action: { type: 'reset' } })
    expect(await byCode(capi, LEAD)).toBe('again')
  },

  'dead-letters': async (desk) => {
    await refuseOrders(desk, 1, 2)
    const { seen, replayed } = await refusedByMeta(desk.capi)
    expect(seen).toEqual([
      '1234567890 order.2 meta_100_2804050',
      '1234567890 order.1 meta_100_2804050',
    ])
    expect(replayed).toEqual({ '1234567890': 2 })
    await desk.capi.close()
    expect(desk.emulator.events({ status: 'processed' })).toHaveLength(2)
  },

  'replay-one-order': async (desk) => {
    await refuseOrders(desk, 1, 2, 3)
    expect(await replayOrder(desk.capi, 1)).toMatchObject({ replayed: { '1234567890': 1 } })
    expect(await forgetOrder(desk.capi, 2)).toBe(1)
    const letters = await desk.capi.deadLetters.list()
    expect(letters.map(({ event_id }) => event_id)).toEqual(['order.3'])
    await desk.capi.close()
    expect(desk.emulator.events({ status: 'processed' })).toMatchObject([{ event_id: 'order.1' }])
  },

  'paste-metas-payload': async ({ capi, emulator }) => {
    expect(await inline(capi)).toMatchObject({
      events_received: 1,
      receipts: [{ outcome: 'delivered' }],
    })
    await fromVariable(capi)
    expect(received(emulator, 'test_event_code')).toMatchObject([
      { event_name: 'Purchase', test_event_code: 'TEST123' },
      { event_name: 'Lead', test_event_code: undefined },
    ])
  },

  'queue-whole-events': async ({ capi, emulator }) => {
    const { receipts, one } = await queued(capi, [LEAD, { ...LEAD, event_name: 'Contact' }])
    expect(receipts).toMatchObject([{ outcome: 'accepted' }, { outcome: 'accepted' }])
    expect(one).toMatchObject({ event_id: 'mail.1', outcome: 'accepted' })
    await capi.close()
    expect(emulator.events()).toHaveLength(3)
  },

  'build-now-send-later': async ({ capi, emulator }) => {
    const text = row(EMAIL)
    expect(text).not.toContain('anna')
    expect(await sendRow(capi, text ?? '')).toMatchObject({ events_received: 1 })
    expect(emulator.events()[0]?.payload).toEqual(JSON.parse(text ?? ''))
  },

  'test-code-for-one-event': async ({ capi, emulator }) => {
    await tryOut(capi, 'TEST123')
    await tryOut(capi, undefined)
    expect(emulator.events().map(({ test_event_code }) => test_event_code)).toEqual([
      'TEST123',
      undefined,
    ])
  },
}
