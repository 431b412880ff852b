import { expect, it } from 'vitest'
import { seenDeliveries } from '../../src/webhook/seen-deliveries.ts'

const HOUR_MS = 3_600_000

it('remembers for two days, and no more than it may', async () => {
  let nowMs = 0
  let count = 0
  const work = async () => ++count
  const seen = seenDeliveries<number>(
    () => true,
    () => nowMs,
    3,
  )
  expect(await seen.once('a', work)).toEqual({ result: 1, isRepeat: false })
  nowMs = 47 * HOUR_MS
  expect(await seen.once('a', work)).toEqual({ result: 1, isRepeat: true })
  nowMs = 49 * HOUR_MS
  expect(await seen.once('a', work)).toEqual({ result: 2, isRepeat: false })
  for (const key of ['b', 'c', 'd', 'e']) await seen.once(key, work)
  expect((await seen.once('e', work)).isRepeat).toBe(true)
  expect((await seen.once('a', work)).isRepeat).toBe(false)
})

it('lets what failed be tried again', async () => {
  const seen = seenDeliveries<number>(
    (result) => result === 200,
    () => 0,
  )
  await expect(seen.once('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await seen.once('a', async () => 503)).toEqual({ result: 503, isRepeat: false })
  expect(await seen.once('a', async () => 200)).toEqual({ result: 200, isRepeat: false })
  expect(await seen.once('a', async () => 503)).toEqual({ result: 200, isRepeat: true })
})

it('waits for work of half a minute, and lets another try pass work that hangs for longer', async () => {
  let nowMs = 0
  const seen = seenDeliveries<number>(
    () => true,
    () => nowMs,
  )
  let end = (_result: number) => {}
  const first = seen.once('slow', () => new Promise<number>((resolve) => (end = resolve)))
  nowMs = 29_999
  const repeat = seen.once('slow', async () => 500)
  end(201)
  expect(await Promise.all([first, repeat])).toEqual([
    { result: 201, isRepeat: false },
    { result: 201, isRepeat: true },
  ])
  void seen.once('hangs', () => new Promise(() => undefined))
  nowMs += 30_000
  expect(await seen.once('hangs', async () => 200)).toEqual({ result: 200, isRepeat: false })
  expect(await seen.once('hangs', async () => 200)).toEqual({ result: 200, isRepeat: true })
})
