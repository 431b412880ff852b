import { describe, expect, it } from 'vitest'
import { createEmulator } from '../src/index.ts'
import { refusal } from './refusal.ts'
import { event, NOW_SEC, now, post } from './support.ts'

describe('the clock', () => {
  it.each([
    ['a Date', new Date((NOW_SEC + 8 * 86_400) * 1000)],
    ['milliseconds', (NOW_SEC + 8 * 86_400) * 1000],
    ['ISO text', new Date((NOW_SEC + 8 * 86_400) * 1000).toISOString()],
  ])('stops at %s, for ages and for times of arrival, until it runs on', async (_what, time) => {
    let running = now()
    const emulator = createEmulator({ now: () => running++ })
    emulator.setNow(time)
    expect((await post(emulator, { data: [event()] })).status).toBe(400)
    await post(emulator, { data: [event()] })
    const stopped = new Date(time).getTime()
    expect(emulator.events().map(({ received_at }) => received_at)).toEqual([stopped, stopped])
    emulator.setNow()
    expect((await post(emulator, { data: [event()] })).status).toBe(200)
    expect(emulator.events()[2]?.received_at).toBeLessThan(stopped)
  })

  it('refuses what is no time', () => {
    const { setNow } = createEmulator()
    for (const time of ['yesterday', Number.NaN, new Date('x'), null, true, {}]) {
      expect(() => setNow(time as Date)).toThrow(refusal('time_invalid', /^The time must be/))
    }
  })
})
