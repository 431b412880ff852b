import { describe, expect, it } from 'vitest'
import { createEmulator } from '../src/index.ts'
import { refusal } from './refusal.ts'
import { event, HASH, now, post, TOKEN } from './support.ts'

describe('an emulator', () => {
  it('keeps an accepted event exactly as it was sent', async () => {
    const emulator = createEmulator({ now })
    const sent = event({
      event_id: 'order-1',
      event_source_url: 'https://shop.example/',
      user_data: { em: HASH, client_user_agent: 'Mozilla/5.0' },
      custom_data: { value: 1, currency: 'EUR' },
    })
    await post(emulator, { data: [sent], test_event_code: 'TEST1', upload_tag: 'stores' })
    expect(emulator.events()).toEqual([
      {
        id: 1,
        call: 1,
        received_at: now(),
        source: 'server',
        status: 'processed',
        pixel_id: '42',
        event_name: 'PageView',
        event_id: 'order-1',
        test_event_code: 'TEST1',
        upload_tag: 'stores',
        token: '…wxyz',
        payload: sent,
      },
    ])
  })

  it('refuses the whole batch and blames the first bad event', async () => {
    const emulator = createEmulator({ now })
    const data = [event(), event({ event_name: '' }), event({ action_source: 'web' })]
    expect((await post(emulator, { data })).status).toBe(400)
    expect(emulator.events().map(({ status, error }) => [status, error?.rule])).toEqual([
      ['refused', 'batch_refused'],
      ['refused', 'event_name_missing'],
      ['refused', 'batch_refused'],
    ])
    expect(emulator.events()[1]?.error?.path).toBe("$['data'][1]['event_name']")
  })

  it('keeps the upload tag through an export, and finds events by it, also over its API', async () => {
    const emulator = createEmulator({ now })
    await post(emulator, { data: [event({ event_id: 'a' })], upload_tag: 'stores' })
    await post(emulator, { data: [event({ event_id: 'b' })], upload_tag: 7 })
    const later = createEmulator({ now })
    later.importEvents(emulator.exportEvents())
    expect(later.events({ upload_tag: 'stores' })).toMatchObject([{ event_id: 'a' }])
    const found = await later.fetch('/__capi/events?upload_tag=stores')
    expect(await found.text()).toContain('"upload_tag":"stores"')
    expect(later.events({ event_id: 'b' })[0]).not.toHaveProperty('upload_tag')
  })

  it('can be destructured and handed to a client', async () => {
    const { fetch, events } = createEmulator()
    expect((await fetch(new Request('http://localhost/tr?id=1&ev=Lead'))).status).toBe(200)
    expect(events({ event_name: 'Lead' })).toHaveLength(1)
  })

  it('rejects like fetch when the signal is aborted', async () => {
    const { fetch } = createEmulator()
    await expect(fetch('/tr?ev=x', { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
  })

  it('filters by name, id, source, status and dataset', async () => {
    const emulator = createEmulator({ now })
    await post(emulator, { data: [event({ event_id: 'a' })] })
    await post(emulator, { data: [event({ event_id: 'b', action_source: 'web' })] })
    await emulator.fetch('/tr?id=7&ev=PageView&eid=a')
    const ids = (filter: Parameters<typeof emulator.events>[0]) =>
      emulator.events(filter).map(({ id }) => id)
    expect(ids({ event_id: 'a' })).toEqual([1, 3])
    expect(ids({ event_id: 'a', source: 'browser' })).toEqual([3])
    expect(ids({ status: 'refused' })).toEqual([2])
    expect(ids({ pixel_id: '7', event_name: 'PageView' })).toEqual([3])
  })

  it('keeps only the newest events and never reuses an id', async () => {
    const emulator = createEmulator({ now, max: 2 })
    await post(emulator, { data: [event(), event(), event()] })
    expect(emulator.events().map(({ id }) => id)).toEqual([2, 3])
    emulator.clear()
    expect(emulator.events()).toEqual([])
    await post(emulator, { data: [event()] })
    expect(emulator.events().map(({ id }) => id)).toEqual([4])
  })

  it('waits for an event that is still to come', async () => {
    const emulator = createEmulator({ now })
    const waiting = emulator.waitForEvent({ event_name: 'PageView' })
    await post(emulator, { data: [event()] })
    expect(await waiting).toMatchObject({ id: 1 })
    expect(await emulator.waitForEvent({ source: 'server' })).toMatchObject({ id: 1 })
  })

  it('lists what did arrive when a wait runs out', async () => {
    const emulator = createEmulator({ now })
    await emulator.fetch('/tr?id=7&ev=Lead&eid=l-1')
    await expect(
      emulator.waitForEvent({ event_name: 'Purchase' }, { timeoutMs: 1 }),
    ).rejects.toThrow(
      refusal(
        'event_not_received',
        /"Purchase".*within 1 ms[\s\S]*browser Lead, event_id l-1, dataset 7/,
      ),
    )
  })

  it('ends a wait when it closes', async () => {
    const emulator = createEmulator()
    const waiting = expect(emulator.waitForEvent({})).rejects.toThrow(/closed. Nothing arrived/)
    await emulator[Symbol.asyncDispose]()
    await waiting
  })

  it('shows no more of a token than its last four characters', async () => {
    const emulator = createEmulator({ now })
    await post(emulator, { data: [event({ access_token: TOKEN })], access_token: TOKEN })
    await post(emulator, { data: [event()] }, { authorization: 'Bearer tiny' })
    const shown = await (await emulator.fetch('/__capi/events')).text()
    expect(shown).not.toMatch(/EAAB|secret|tiny/)
    expect(shown).toContain('…wxyz')
  })
})
