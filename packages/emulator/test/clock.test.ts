import { describe, expect, it } from 'vitest'
import { createClock } from '../src/clock.ts'
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

  it.each([
    [1, 1],
    ['8d', 8 * 86_400_000],
    ['+8d', 8 * 86_400_000],
    ['1h 30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['2w', 14 * 86_400_000],
    ['90s 500ms', 90_500],
  ])('is moved on by %j, and runs on from there', (span, ms) => {
    let running = now()
    const clock = createClock(() => running)
    clock.advance(span)
    running += 7
    expect([clock.now() - running, clock.aheadMs(), clock.isStopped()]).toEqual([ms, ms, false])
    clock.advance(span)
    expect(clock.aheadMs()).toBe(2 * ms)
    clock.set()
    expect([clock.now(), clock.aheadMs()]).toEqual([running, 0])
  })

  it('stays stopped when it is moved on', () => {
    const clock = createClock(now)
    clock.set(5_000)
    clock.advance('2s')
    expect([clock.now(), clock.isStopped(), clock.aheadMs()]).toEqual([7_000, true, 7_000 - now()])
  })

  it.each([
    0,
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '',
    '8',
    '8 d',
    '-8d',
    '8days',
    '8D',
    '9999999999d',
    '1000w 1000w 1000w 1000w 1000w 1000w',
    null,
    undefined,
    {},
  ])('refuses to be moved on by %j, and stays as it is', (span) => {
    const clock = createClock(now)
    expect(() => clock.advance(span as string)).toThrow(
      refusal('time_invalid', /^advance takes milliseconds above 0 or text such as "8d"/),
    )
    expect(clock.aheadMs()).toBe(0)
  })

  it('is not moved beyond the last time there is', () => {
    const clock = createClock(now)
    clock.set(8.64e15)
    expect(() => clock.advance(1)).toThrow(refusal('time_invalid'))
    expect(clock.now()).toBe(8.64e15)
  })

  it('refuses what is no time', () => {
    const { setNow } = createEmulator()
    for (const time of ['yesterday', Number.NaN, new Date('x'), null, true, {}]) {
      expect(() => setNow(time as Date)).toThrow(refusal('time_invalid', /^The time must be/))
    }
  })
})
