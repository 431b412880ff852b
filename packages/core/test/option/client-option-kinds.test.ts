import { describe, expect, it } from 'vitest'
import { CLIENT_OPTIONS } from '../../src/client/client-options.ts'
import { CapiConfigError, type CapiOptions, createCapi, memoryOutbox } from '../../src/index.ts'

const quiet = { warn() {}, error() {} }
const clock = { now: () => 0, tick: () => 0, after: () => () => {} }

/** A value of each kind that JavaScript has. */
const VALUES = {
  text: 'hello there',
  number: -1.5,
  bigint: 7n,
  boolean: true,
  symbol: Symbol('no'),
  function: () => undefined,
  object: {},
  list: [],
  date: new Date(0),
  promise: Promise.resolve({}),
} as const
type Kind = keyof typeof VALUES

/** Objects without any of the methods or options that count. */
const EMPTY: readonly Kind[] = ['object', 'date', 'promise']

/** What each option takes, and kinds beside its own that say nothing wrong. */
const TAKES: Readonly<
  Record<string, { readonly value: unknown; readonly also?: readonly Kind[] }>
> = {
  enabled: { value: false, also: ['boolean'] },
  pixelId: { value: ['1234567890'], also: ['list'] },
  accessToken: { value: () => 'token', also: ['function'] },
  appSecret: { value: 'secret', also: ['text'] },
  gateway: { value: { url: 'https://gateway.example', accessKey: 'key' } },
  'gateway.url': { value: 'https://gateway.example' },
  'gateway.accessKey': { value: 'key', also: ['text'] },
  testEventCode: { value: 'TEST1', also: ['text'] },
  apiVersion: { value: 'v27.0' },
  baseUrl: { value: 'http://127.0.0.1:2274' },
  partnerAgent: { value: 'agent', also: ['text'] },
  uploadTag: { value: 'tag', also: ['text'] },
  phoneCountry: { value: 'DE' },
  parsePhone: { value: () => undefined, also: ['function'] },
  timeoutMs: { value: 1 },
  putTimeoutMs: { value: 1 },
  maxEventBytes: { value: 1 },
  batch: { value: { maxEvents: 5 }, also: EMPTY },
  'batch.maxEvents': { value: 1 },
  'batch.maxBytes': { value: 1 },
  'batch.maxWaitMs': { value: 0 },
  'batch.concurrency': { value: 1 },
  maxConnections: { value: 1 },
  retry: { value: { baseDelayMs: 5 }, also: EMPTY },
  'retry.baseDelayMs': { value: 1 },
  'retry.maxDelayMs': { value: 300_000 },
  outbox: { value: memoryOutbox() },
  whileAway: { value: { maxEvents: 0 }, also: EMPTY },
  'whileAway.maxEvents': { value: 0 },
  'whileAway.maxBytes': { value: 0 },
  dedupeWindowMs: { value: 0 },
  fetch: { value: globalThis.fetch, also: ['function'] },
  clock: { value: clock },
  random: { value: Math.random, also: ['function'] },
  logger: { value: quiet },
  onIssue: { value: () => undefined, also: ['function'] },
  onDropped: { value: () => undefined, also: ['function'] },
  onDelivered: { value: () => undefined, also: ['function'] },
}

function make(path: string, value: unknown): void {
  const [name = '', inner] = path.split('.')
  const own = name === 'gateway' ? { url: 'https://gateway.example', accessKey: 'key' } : {}
  const given = inner === undefined ? value : { ...own, [inner]: value }
  createCapi({ clock, logger: quiet, [name]: given } as CapiOptions)
}

describe.each(Object.entries(TAKES))('option %s', (path, { value, also = [] }) => {
  it('takes what it is for, and nothing at all', () => {
    const isNeeded = path.startsWith('gateway.')
    for (const fit of isNeeded ? [value] : [value, undefined])
      expect(() => make(path, fit)).not.toThrow()
  })

  const wrong = (Object.keys(VALUES) as Kind[]).filter((kind) => !also.includes(kind))
  it.each(wrong)('refuses a %s, and says what is allowed', (kind) => {
    const [name = ''] = path.split('.')
    expect(() => make(path, VALUES[kind])).toThrow(CapiConfigError)
    expect(() => make(path, VALUES[kind])).toThrow(new RegExp(`[Oo]ption ${name}.* (must|takes) .`))
  })
})

it('knows every option there is', () => {
  const paths = Object.entries(CLIENT_OPTIONS).flatMap(([name, kind]) => [
    name,
    ...(typeof kind === 'object' ? Object.keys(kind).map((inner) => `${name}.${inner}`) : []),
  ])
  expect(Object.keys(TAKES).sort()).toEqual(paths.sort())
})
