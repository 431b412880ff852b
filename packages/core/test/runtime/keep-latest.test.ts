import { describe, expect, it } from 'vitest'
import { keepLatest } from '../../src/runtime/keep-latest.ts'

describe('the latest of what is held', () => {
  it('are kept, the oldest is forgotten first', () => {
    const held = new Set<number>()
    const forgetOldest = keepLatest(held, 3)
    for (let i = 0; i < 1_000; i++) {
      held.add(i)
      forgetOldest()
    }
    expect([...held]).toEqual([997, 998, 999])
  })

  it('are counted by when they were put in anew', () => {
    const held = new Map<string, number>()
    const forgetOldest = keepLatest(held, 2)
    const put = (key: string) => {
      held.delete(key)
      held.set(key, 1)
      forgetOldest()
    }
    for (const key of ['a', 'b', 'a', 'c', 'd', 'c', 'e']) put(key)
    expect([...held.keys()]).toEqual(['c', 'e'])
  })

  it('are found when others were deleted in between, and when nothing was too many for a time', () => {
    const held = new Set<number>()
    const forgetOldest = keepLatest(held, 4)
    const put = (from: number, to: number) => {
      for (let i = from; i < to; i++) {
        held.add(i)
        forgetOldest()
      }
    }
    put(0, 10)
    held.delete(6)
    held.delete(8)
    put(10, 12)
    expect([...held]).toEqual([7, 9, 10, 11])
    held.clear()
    put(20, 30)
    expect([...held]).toEqual([26, 27, 28, 29])
  })

  it('are none where none may be kept', () => {
    const held = new Set(['a'])
    keepLatest(held, 0)()
    expect(held.size).toBe(0)
  })
})
