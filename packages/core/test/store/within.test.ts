import { fakeClock } from '@capi/testing'
import { expect, it } from 'vitest'
import { within } from '../../src/store/within.ts'

const fails = async () => {
  throw new Error('disk')
}

it('leaves no timer behind, whatever the outbox answers', async () => {
  const clock = fakeClock()
  const limit = { clock, timeoutMs: 1_000 }
  expect(await within(limit, async () => 1)).toBe(1)
  expect(clock.timers()).toBe(0)
  await expect(within(limit, fails)).rejects.toThrow('disk')
  expect(clock.timers()).toBe(0)
})

it('hands over an answer that came too late, once', async () => {
  const clock = fakeClock()
  const late: number[] = []
  let answer = (_value: number) => {}
  const call = () => new Promise<number>((resolve) => (answer = resolve))
  const waiting = within({ clock, timeoutMs: 1_000 }, call, (value) => void late.push(value))
  const refused = expect(waiting).rejects.toMatchObject({ problem: 'timeout' })
  await clock.advance(1_000)
  await refused
  answer(7)
  await clock.advance(0)
  expect(late).toEqual([7])
  expect(clock.timers()).toBe(0)
})
