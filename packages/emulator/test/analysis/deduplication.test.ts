import { describe, expect, it } from 'vitest'
import { FBP, HOUR_MS, MINUTE_MS, scene } from './support.ts'

describe('an event_id that came from both sides', () => {
  it('keeps the browser event that came first', async () => {
    const { browser, server, statuses } = scene()
    await browser({ eid: 'a' })
    await server({ event_id: 'a' })
    expect(statuses()).toEqual(['browser processed', 'server deduplicated 1 event_id'])
  })

  it('keeps the server event that came first', async () => {
    const { browser, server, statuses } = scene()
    await server({ event_id: 'a' })
    await browser({ eid: 'a' })
    expect(statuses()).toEqual(['server processed', 'browser deduplicated 1 event_id'])
  })

  it('counts once up to 48 hours later, and twice after', async () => {
    const { browser, server, statuses, wait } = scene()
    await browser({ eid: 'a' })
    await browser({ eid: 'b' })
    wait(48 * HOUR_MS)
    await server({ event_id: 'a' })
    wait(1)
    await server({ event_id: 'b' })
    expect(statuses().slice(2)).toEqual(['server deduplicated 1 event_id', 'server processed'])
  })

  it.each([
    ['another dataset', { id: '43', eid: 'a' }],
    ['another name', { ev: 'pageview', eid: 'a' }],
    ['another id', { eid: 'A' }],
  ])('counts twice with %s', async (_what, fields) => {
    const { browser, server, statuses } = scene()
    await browser(fields)
    await server({ event_id: 'a' })
    expect(statuses()).toEqual(['browser processed', 'server processed'])
  })

  it('is never removed within one source', async () => {
    const { browser, server, statuses } = scene()
    await server({ event_id: 'a' })
    await server({ event_id: 'a' })
    await browser({ eid: 'b' })
    await browser({ eid: 'b' })
    expect(new Set(statuses())).toEqual(new Set(['server processed', 'browser processed']))
  })

  it('has no effect by an event that was refused', async () => {
    const { browser, server, statuses } = scene()
    await server({ event_id: 'a', action_source: 'web' })
    await browser({ eid: 'a' })
    expect(statuses()).toEqual(['server refused', 'browser processed'])
  })

  it('has no effect by an event that is kept no longer', async () => {
    const { browser, server, statuses } = scene({ max: 1 })
    await browser({ eid: 'a' })
    await browser({ eid: 'b' })
    await server({ event_id: 'a' })
    expect(statuses()).toEqual(['server processed'])
  })

  it('is forgotten with the events', async () => {
    const { emulator, browser, server, statuses } = scene()
    await browser({ eid: 'a' })
    emulator.clear()
    await server({ event_id: 'a' })
    expect(statuses()).toEqual(['server processed'])
  })
})

describe('with the browser preferred within five minutes', () => {
  const preferring = () => scene({ dedup: { prefer: 'browser-within-5m' } })

  it('counts the browser event, though the server event was first', async () => {
    const { browser, server, statuses, wait } = preferring()
    await server({ event_id: 'a' })
    wait(5 * MINUTE_MS)
    await browser({ eid: 'a' })
    expect(statuses()).toEqual(['server deduplicated 2 event_id', 'browser processed'])
  })

  it('counts the first after more than five minutes', async () => {
    const { browser, server, statuses, wait } = preferring()
    await server({ event_id: 'a' })
    wait(5 * MINUTE_MS + 1)
    await browser({ eid: 'a' })
    expect(statuses()).toEqual(['server processed', 'browser deduplicated 1 event_id'])
  })

  it('notifies subscribers of a stream that the first has changed', async () => {
    const { emulator, browser, server } = preferring()
    await server({ event_id: 'a' })
    const response = await emulator.fetch('/__capi/events/stream')
    const waiting = emulator.waitForEvent({ status: 'deduplicated' })
    await browser({ eid: 'a' })
    expect(await waiting).toMatchObject({ id: 1, duplicate_of: 2 })
    await emulator.close()
    const text = await response.text()
    expect(text).toMatch(/id: 2\nevent: capi\n[\s\S]*event: update\ndata: \{"id":1,/)
  })

  it('sends a resumed stream what changed meanwhile', async () => {
    const { emulator, browser, server } = preferring()
    await server({ event_id: 'a' })
    await browser({ eid: 'a' })
    const headers = { 'last-event-id': '1' }
    const response = await emulator.fetch('/__capi/events/stream', { headers })
    await emulator.close()
    expect(await response.text()).toMatch(
      /id: 2\nevent: capi\n[\s\S]*event: update\ndata: \{"id":1,/,
    )
  })
})

describe('without an event_id on both sides', () => {
  it('removes a server event after its browser event, by fbp', async () => {
    const { browser, server, statuses } = scene()
    await browser({ fbp: FBP })
    await server({ user_data: { fbp: FBP } })
    expect(statuses()).toEqual(['browser processed', 'server deduplicated 1 fbp'])
  })

  it('goes by external_id before fbp, hashed or not', async () => {
    const { browser, server, statuses } = scene()
    await browser({ fbp: FBP })
    await browser({ fbp: 'fb.1.1596403881668.2', 'ud[external_id]': 'u-1' })
    await server({ user_data: { fbp: FBP, external_id: ['x', 'u-1'] } })
    expect(statuses().at(-1)).toBe('server deduplicated 2 external_id')
  })

  it('distinguishes people with one browser by external_id', async () => {
    const { browser, server, statuses } = scene()
    await browser({ fbp: FBP, 'ud[external_id]': 'u-1' })
    await server({ user_data: { fbp: FBP, external_id: 'u-2' } })
    expect(statuses().at(-1)).toBe('server processed')
  })

  it('never removes a browser event after its server event', async () => {
    const { browser, server, statuses } = scene()
    await server({ user_data: { fbp: FBP } })
    await browser({ fbp: FBP })
    expect(statuses()).toEqual(['server processed', 'browser processed'])
  })

  it('counts twice after 48 hours', async () => {
    const { browser, server, statuses, wait } = scene()
    await browser({ fbp: FBP })
    wait(48 * HOUR_MS + 1)
    await server({ user_data: { fbp: FBP } })
    expect(statuses()).toEqual(['browser processed', 'server processed'])
  })

  it('gives each server event a browser event of its own', async () => {
    const { browser, server, statuses } = scene()
    await browser({ fbp: FBP })
    await browser({ fbp: FBP })
    await server({ user_data: { fbp: FBP } })
    await server({ user_data: { fbp: FBP } })
    expect(statuses().slice(2)).toEqual(['server deduplicated 1 fbp', 'server deduplicated 2 fbp'])
  })

  it('never joins two events with different ids', async () => {
    const { browser, server, statuses } = scene()
    await browser({ fbp: FBP, eid: 'a' })
    await server({ event_id: 'b', user_data: { fbp: FBP } })
    expect(statuses()).toEqual(['browser processed', 'server processed'])
  })
})
