import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { REPOSITORY } from '../src/baseline.ts'
import { withFigures } from '../src/readme.ts'
import { readResults } from '../src/results.ts'

it('the README compares by the figures of the last whole run', () => {
  const readme = readFileSync(`${REPOSITORY}README.md`, 'utf8')
  expect(withFigures(readme, readResults())).toBe(readme)
})
