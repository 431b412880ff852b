import { fakeClock } from '@capi/testing'
import { describe, expect, it } from 'vitest'
import { sharedLimit } from '../../src/store/shared-limit.ts'

/** A clock that counts the timers that were armed. */
function watched() {
  const clock = fakeClock()
  const armed: number[] = []
  const after = (delayMs: number, callback: () => void) => {
    armed.push(delayMs)
    return clock.after(delayMs, callback)
  }
  return { clock, armed, limit: sharedLimit({ ...clock, after }, 1_000) }
}

describe('a limit that calls share', () => {
  it('arms one timer for calls that are answered, however many they are', async () => {
    const { clock, armed, limit } = watched()
    let ended = 0
    for (let i = 0; i < 100; i++) {
      const cancel = limit.clock.after(1_000, () => ended++)
      cancel()
      await clock.advance(9)
    }
    await clock.advance(5_000)
    expect(armed).toEqual([1_000])
    expect(ended).toBe(0)
  })

  it('ends each call at its own time, and arms the timer for the next one that waits', async () => {
    const { clock, armed, limit } = watched()
    const ends: [name: string, tick: number][] = []
    const call = (name: string) => limit.clock.after(1_000, () => ends.push([name, clock.tick()]))
    call('first')
    await clock.advance(300)
    const cancel = call('answered')
    await clock.advance(100)
    call('second')
    call('at the same time')
    cancel()
    await clock.advance(10_000)
    expect(ends).toEqual([
      ['first', 1_000],
      ['second', 1_400],
      ['at the same time', 1_400],
    ])
    expect(armed).toEqual([1_000, 400])
  })

  it('takes a call that begins while another one ends', async () => {
    const { clock, limit } = watched()
    const ends: number[] = []
    limit.clock.after(1_000, () => {
      ends.push(clock.tick())
      limit.clock.after(1_000, () => ends.push(clock.tick()))
    })
    await clock.advance(5_000)
    expect(ends).toEqual([1_000, 2_000])
  })

  it('leaves no timer behind when it is stopped', async () => {
    const { clock, limit } = watched()
    let ended = 0
    limit.clock.after(1_000, () => ended++)
    limit.stop()
    await clock.advance(5_000)
    expect(ended).toBe(0)
  })

  it('arms a timer again after one that the runtime refused', () => {
    const { clock, armed } = watched()
    let isRefused = true
    const limit = sharedLimit(
      {
        ...clock,
        after(delayMs) {
          if (isRefused) throw new Error('no timers outside of a request')
          armed.push(delayMs)
          return () => {}
        },
      },
      1_000,
    )
    expect(() => limit.clock.after(1_000, () => {})).toThrow('no timers')
    isRefused = false
    limit.clock.after(1_000, () => {})
    expect(armed).toEqual([1_000])
  })
})
