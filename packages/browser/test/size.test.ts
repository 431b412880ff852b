import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { bundle } from '../generate/bundle.ts'
import { scriptModule } from '../generate/script-module.ts'
import { script } from '../src/script.ts'

const MAX_BYTES = 2_048
const MAX_REACT_BYTES = 1_024

const sizeOf = (text: string) => gzipSync(text, { level: 9 }).length

it.each(['iife', 'esm'] as const)(
  'costs a page 2 KB at most, with everything, as %s',
  async (format) => {
    const text = await bundle(format === 'iife' ? 'iife' : 'index', format)
    expect(sizeOf(text)).toBeLessThanOrEqual(MAX_BYTES)
  },
)

it('costs a page with React 1 KB more at most', async () => {
  const [react, alone] = await Promise.all([bundle('react', 'esm'), bundle('index', 'esm')])
  expect(sizeOf(react) - sizeOf(alone)).toBeLessThanOrEqual(MAX_REACT_BYTES)
})

it('brings nothing of core, nor of any other package', async () => {
  expect(await bundle('index', 'esm')).not.toMatch(/\bfrom\b|\brequire\b|\bimport\b/)
})

it('serves the script that its sources make', async () => {
  const made = scriptModule(await bundle('iife', 'iife'))
  expect(made, 'run pnpm --filter @capi/browser generate').toContain(JSON.stringify(script.text))
  expect(made).toContain(`'${script.name}'`)
})
