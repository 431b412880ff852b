import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { portableSha256 } from '../src/hash/portable-sha256.ts'
import { sha256 } from '../src/hash/sha256.ts'

it('is built without a single import, in both formats', () => {
  const seen = new Set<string>()
  for (const file of ['index.js', 'index.cjs', 'node/index.js', 'node/index.cjs'])
    collect(new URL(`../dist/${file}`, import.meta.url), seen)
  expect([...seen]).toEqual([])
})

it('carries the notice of the code it has inside', () => {
  const notices = readFileSync(new URL('../THIRD-PARTY-NOTICES', import.meta.url), 'utf8')
  const manifest = new URL('../node_modules/@noble/hashes/package.json', import.meta.url)
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  expect(notices).toContain(`@noble/hashes ${version}`)
})

/** The packages a built file loads, also through its chunks. */
function collect(file: URL, seen: Set<string>): void {
  expect(existsSync(file), `${file.pathname} is missing: build first`).toBe(true)
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(
    /(?:\bfrom|\bimport|\brequire\()\s*['"]([^'"]+)['"]/g,
  )) {
    if (name.startsWith('.')) collect(new URL(name, file), seen)
    else seen.add(name)
  }
}

it('hashes the same with and without Node’s crypto', () => {
  for (const text of ['', 'mary', '정', 'valéry', '\ud800'])
    expect(portableSha256(text)).toBe(sha256(text))
  expect(sha256('mary')).toBe('6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec')
})

/** Prints whether Node's crypto was loaded after the import, and once an idle moment has passed or 15 s have. */
const FIRST_MOMENTS = `
  const { createCapi } = await import(process.argv[1])
  const isLoaded = () => process.moduleLoadList.includes('NativeModule crypto')
  const atStart = isLoaded()
  createCapi({ pixelId: '123456789', accessToken: 'x', fetch: async () => Response.json({}) })
  const deadline = performance.now() + 15_000
  while (!isLoaded() && performance.now() < deadline) await new Promise(setImmediate)
  console.log(atStart, isLoaded())
`

it('loads Node’s crypto in the first idle moment of a client: not on import, and before the first event', () => {
  const file = new URL('../dist/node/index.js', import.meta.url).href
  const args = ['--input-type=module', '-e', FIRST_MOMENTS, file]
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('false true\n')
})
