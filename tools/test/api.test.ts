import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { snapshotText } from '../api/snapshot.ts'
import { apiProgram, surfaceOf } from '../api/surface.ts'
import { undocumented } from '../api/undocumented.ts'

/** Built declarations, as small as they show what they are for. */
const SAMPLES = {
  parts: `
    interface Base {
      /** How long. */
      readonly timeoutMs?: number
    }
    /** Options. */
    interface Options extends Base {
      /** A name. */
      readonly name: string
    }
    interface Unused {
      readonly nobody: string
    }
    /** Makes one. */
    declare function make(options: Options): void
    export { make, type Options }`,
  table: `
    declare const TABLE: { readonly b: 'long text'; readonly a: 'other text' }
    /** A key. */
    export type Key = keyof typeof TABLE
    export {}`,
  silent: `
    interface Base {
      readonly inherited?: string
    }
    export interface Options extends Base {
      /** Explained. */
      readonly said: string
      readonly unsaid: string
      readonly nested?: { readonly deep: number }
    }
    /** Explained. */
    export declare class Service {
      #secret
      private readonly hidden
      constructor(parts: { readonly injected: string })
      open(): void
    }
    export {}`,
  plain: `
    type Callback<T> = { bivarianceHack(value: string): T }['bivarianceHack']
    /** One of two. */
    export type Answer = { readonly ok: true; readonly no?: never } | { readonly ok: false }
    /** Explained. */
    export interface Options {
      /** Explained. */
      readonly call: Callback<string>
    }
    export {}`,
  global: `
    /** Explained. */
    export type Tracker = string
    declare global {
      namespace Express {
        interface Request {
          readonly capi: Tracker
        }
      }
    }
    export {}`,
} as const

const folder = mkdtempSync(join(tmpdir(), 'capi-api-'))
const entries = Object.keys(SAMPLES).map((name) => ({
  name,
  specifier: `@capi/${name}`,
  types: join(folder, 'dist', `${name}.d.ts`),
  module: '',
}))
let program: ReturnType<typeof apiProgram>

beforeAll(() => {
  mkdirSync(join(folder, 'dist'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  for (const { types, name } of entries) {
    const sample = Object.entries(SAMPLES).find(([key]) => key === name)?.[1]
    writeFileSync(types, sample ?? '')
  }
  program = apiProgram([{ folder, manifest: { name: '@capi/sample', version: '0.0.0' }, entries }])
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

/** What the tool makes of a sample. */
function read(sample: keyof typeof SAMPLES) {
  const entry = entries.find(({ name }) => name === sample)
  if (entry === undefined) throw new Error(`${sample} is no sample`)
  const checker = program.getTypeChecker()
  const surface = surfaceOf(entry, folder, program)
  const missing = undocumented(surface.names, checker).map((one) => one.replace(/^\S+ /, ''))
  return { text: snapshotText(surface, checker), missing }
}

it('records what is exported and what that is made of, without comments', () => {
  const { text } = read('parts')
  expect(text).toContain('# @capi/parts: 2 names')
  expect(text).toContain('## make (function)\ndeclare function make(options: Options): void;')
  expect(text.indexOf('## Options (interface)')).toBeLessThan(text.indexOf('# Not exported'))
  expect(text.indexOf('## Base (interface)')).toBeGreaterThan(text.indexOf('# Not exported'))
  expect(text).toContain('readonly timeoutMs?: number;')
  expect(text).not.toMatch(/Unused|How long/)
})

it('writes a type taken from a table as what it comes to', () => {
  const { text } = read('table')
  expect(text).toContain('type Key =\n    | "a"\n    | "b";')
  expect(text).not.toContain('long text')
})

it('names what nobody explained: a name, a member, a member of what an exported name is made of', () => {
  expect(read('silent').missing).toEqual([
    'Options',
    'Options.unsaid',
    'Options.nested',
    'Options.deep',
    'Service.open',
    'Base.inherited',
  ])
})

it('asks for no words where a name says it all: tags, what is forbidden, and ways to write a type', () => {
  expect(read('plain').missing).toEqual([])
})

it('records what an import adds to everything, and asks for its words', () => {
  const { text, missing } = read('global')
  expect(text).toContain('readonly capi: Tracker;')
  expect(missing).toEqual(['declare global.capi'])
})
