import { describe, expect, it } from 'vitest'
import { namesFor } from '../wanted.ts'

const ALL = ['plain', 'express 5', 'guide next', 'guide next | Next 15', 'guide bun']

describe('which checks run', () => {
  it('is all of them without arguments, and none where only names are asked for', () => {
    expect(namesFor([], ALL)).toEqual(ALL)
    expect(namesFor(['--list'], ALL)).toBeUndefined()
  })

  it.each([
    [
      ['express 5', 'plain'],
      ['plain', 'express 5'],
    ],
    [['guide next'], ['guide next', 'guide next | Next 15']],
    [['guides'], ['guide next', 'guide next | Next 15', 'guide bun']],
  ])('%j is %j', (args, names) => {
    expect(namesFor(args, ALL)).toEqual(names)
  })

  it('every check is in one piece of three', () => {
    const pieces = [1, 2, 3].map((piece) => namesFor(['--piece', `${piece}/3`], ALL) ?? [])
    expect(pieces.flat().sort()).toEqual([...ALL].sort())
  })

  it.each([[['expres 5']], [['--piece', '4/3']], [['--piece']]])('%j stops', (args) => {
    expect(() => namesFor(args, ALL)).toThrow()
  })
})
