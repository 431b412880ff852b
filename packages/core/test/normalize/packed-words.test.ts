import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { packedWords, wordLists } from '../../generate/packed-words.ts'
import { words } from '../../src/field/words.ts'

it('is what the lists make: run pnpm generate', () => {
  const file = new URL('../../src/field/packed-words.ts', import.meta.url)
  expect(readFileSync(file, 'utf8')).toBe(packedWords())
})

it('gives back what was packed', () => {
  expect(words()).toEqual(wordLists())
})

it('knows no word for nothing that the nothing rule cannot find', () => {
  for (const word of wordLists().nothing.split(' ')) {
    expect(word.length, word).toBeLessThanOrEqual(24)
    expect(word).not.toMatch(/\d$/)
  }
})
