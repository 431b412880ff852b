import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { createLater } from '../../src/store/later.ts'
import { event, now, post } from '../support.ts'

const bad = (index: number) =>
  event({ event_id: `e${index}`, custom_data: { value: 1, currency: 'eur' } })
const batch = Array.from({ length: 30 }, (_, index) => bad(index))
const found = (events: readonly { readonly issues?: readonly unknown[] }[]) =>
  events.filter(({ issues = [] }) => issues.length > 0).length

describe('findings that are made later', () => {
  it('stand on every event that is read, in whatever way', async () => {
    const emulator = createEmulator({ now })
    await post(emulator, { data: batch })
    expect(found(emulator.events())).toBe(30)
    await post(emulator, { data: batch })
    expect(found([await emulator.waitForEvent({ event_id: 'e29' })])).toBe(1)
    const list = (await (await emulator.fetch('/__capi/events')).json()) as { events: [] }
    expect(found(list.events)).toBe(60)
    const one = await (await emulator.fetch('/__capi/events/60')).json()
    expect(one).toHaveProperty('issues')
    const [report] = emulator.diagnostics().filter(({ rule }) => rule === 'currency_unusual')
    expect(report?.affected_event_count).toBe(60)
  })

  it('come by themselves, to who listens too', async () => {
    const emulator = createEmulator({ now })
    const response = await emulator.fetch('/__capi/events/stream')
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    await post(emulator, { data: batch })
    let heard = ''
    while (!/event: update\ndata: \{"id":30,/.test(heard)) heard += (await reader?.read())?.value
    expect(heard.match(/^event: update$/gm)).toHaveLength(25)
    await emulator.close()
  })

  it('are made once, in order, and never of what is gone', async () => {
    const done: number[] = []
    const later = createLater((id) => done.push(id))
    for (const id of [1, 2, 3, 4]) later.add(id)
    later.finish(3)
    await later.settle()
    later.finish()
    expect(done).toEqual([3, 1, 2, 4])
    later.add(5)
    later.clear()
    later.add(6)
    for (const endMs = Date.now() + 15_000; done.length < 5 && Date.now() < endMs; ) await sleep(5)
    expect(done).toEqual([3, 1, 2, 4, 6])
  })
})

describe('long lists', () => {
  it('are sent whole, and calls are answered in between', async () => {
    const emulator = createEmulator({ now, max: 1_000 })
    for (let call = 0; call < 10; call++) {
      await post(emulator, {
        data: Array.from({ length: 99 }, (_, index) => bad(call * 99 + index)),
      })
    }
    let turns = 0
    const turn = () => {
      turns += 1
      if (turns < 10_000) setImmediate(turn)
    }
    setImmediate(turn)
    const text = await (await emulator.fetch('/__capi/events')).text()
    expect(turns).toBeGreaterThan(9)
    turns = 10_000
    expect(text).toBe(JSON.stringify({ events: emulator.events() }))
  })

  it('give the report of the events at the time it was asked for', async () => {
    const emulator = createEmulator({ now, max: 5_000 })
    for (let call = 0; call < 20; call++) await post(emulator, { data: batch })
    const read = async () =>
      (
        (await (await emulator.fetch('/__capi/diagnostics')).json()) as {
          diagnostics: { rule: string; affected_event_count: number }[]
        }
      ).diagnostics.find(({ rule }) => rule === 'currency_unusual')?.affected_event_count
    const first = read()
    await post(emulator, { data: batch })
    expect([await read(), await first]).toEqual([630, expect.any(Number)])
    expect(await read()).toBe(630)
  })
})
