import { afterEach, describe, expect, it, vi } from 'vitest'
import { builtin } from '../../src/runtime/builtin.ts'
import { page, person } from '../test-world.ts'

const real = (id: string) => process.getBuiltinModule(id)

/** The process of the test with another `getBuiltinModule`: the runner needs the rest. */
function stubProcess(getBuiltinModule: PropertyDescriptor): void {
  vi.stubGlobal('process', Object.create(process, { getBuiltinModule }))
}

const fail = () => {
  throw new Error('not supported in this runtime')
}
const crypto = (hash: unknown) => ({
  value: (id: string) => (id === 'node:crypto' ? { hash } : real(id)),
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

describe.each<[string, PropertyDescriptor]>([
  ['whose getBuiltinModule throws when called, as in Next.js’ Edge runtime', { value: fail }],
  ['whose getBuiltinModule throws when read', { get: fail }],
  ['without getBuiltinModule, as in Cloudflare Workers', { value: undefined }],
  ['whose getBuiltinModule knows no module', { value: () => undefined }],
  ['whose modules throw when read', { value: () => new Proxy({}, { get: fail }) }],
  ['whose crypto.hash throws when called', crypto(fail)],
  ['whose crypto.hash gives bytes', crypto(() => new Uint8Array(32))],
])('with a process %s', (_name, getBuiltinModule) => {
  it('hashes, delivers and drops as everywhere', async () => {
    stubProcess(getBuiltinModule)
    vi.resetModules()
    const { createCapi, sha256 } = await import('../../src/index.ts')
    const bodies: string[] = []
    const capi = createCapi({
      pixelId: '1234567890',
      accessToken: 'token',
      logger: { warn() {}, error() {} },
      fetch: async (_url, init) => {
        bodies.push(typeof init?.body === 'string' ? init.body : '')
        return Response.json({ events_received: 1 })
      },
    })
    const receipt = await capi.track('Lead', {}, { ...page, ...person })
    expect(receipt).toMatchObject({ outcome: 'accepted', issues: [] })
    const dropped = await capi.track('Lead', {}, { ...page, user_data: {} })
    expect(dropped).toMatchObject({ outcome: 'dropped', reason: 'invalid' })
    expect(await capi.close()).toEqual({ delivered: 1, dropped: 0, queued: 0 })
    expect(await capi.stats()).toMatchObject({ tracked: 2, delivered: 1, queued: 0 })
    expect(bodies).toEqual([expect.stringContaining(sha256('anna.muster@example.com'))])
    expect(sha256('mary')).toBe('6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec')
  })
})

it('has no module where reading process throws', () => {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'process')
  Object.defineProperty(globalThis, 'process', { configurable: true, get: fail })
  try {
    expect(builtin('node:crypto')).toBeUndefined()
  } finally {
    if (descriptor !== undefined) Object.defineProperty(globalThis, 'process', descriptor)
  }
})

it('makes an event id where the runtime refuses random values', async () => {
  vi.stubGlobal('crypto', { randomUUID: fail })
  const { randomId } = await import('../../src/runtime/random-id.ts')
  const ids = new Set(Array.from({ length: 100 }, randomId))
  expect(ids.size).toBe(100)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-/)
})
