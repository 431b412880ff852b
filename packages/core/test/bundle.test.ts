import { gzipSync } from 'node:zlib'
import { EdgeVM } from '@edge-runtime/vm'
import { build } from 'esbuild'
import { beforeAll, expect, it } from 'vitest'
import { buildEvent } from '../src/index.ts'

/** See docs/decisions/0018. */
const MAX_BYTES = 122 * 1024
const MAX_PAYLOAD_BYTES = 78 * 1024
const MAX_PAYLOAD_GZIP_BYTES = 34 * 1024
/** What stands before the queue, for use without a client. */
const PAYLOAD =
  'buildEvent, hashUserData, normalizeField, sha256, createFbc, createFbp, parseFbc, parseFbp, requestContext, eventIdFrom'
const now = Date.UTC(2026, 10, 23)
const event = {
  event_name: 'Purchase',
  event_id: 'order.1',
  action_source: 'website',
  event_source_url: 'https://s.example/',
  user_data: {
    em: 'Anna@Example.com',
    ph: '079 123 45 67',
    country: 'Switzerland',
    ct: 'Zürich',
    fn: '정',
    client_user_agent: 'UA/1',
  },
  custom_data: { value: 1, currency: 'chf' },
} as const

let bundle = ''

/** What a user of an edge platform deploys: the built package and its dependency in one file. */
async function bundled(names: string, format: 'iife' | 'esm'): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export ${names} from './dist/index.js'`,
      resolveDir: new URL('..', import.meta.url).pathname,
    },
    bundle: true,
    minify: true,
    write: false,
    format,
    ...(format === 'iife' && { globalName: 'capi' }),
    platform: 'browser',
  })
  return outputFiles[0]?.text ?? ''
}

beforeAll(async () => {
  bundle = await bundled('*', 'iife')
})

it('stays small, minified, with everything in it', () => {
  expect(Buffer.byteLength(bundle)).toBeLessThan(MAX_BYTES)
})

it('leaves delivery out where only the payload is asked for', async () => {
  const payload = await bundled(`{ ${PAYLOAD} }`, 'esm')
  expect(Buffer.byteLength(payload)).toBeLessThan(MAX_PAYLOAD_BYTES)
  expect(gzipSync(payload, { level: 9 }).length).toBeLessThan(MAX_PAYLOAD_GZIP_BYTES)
  expect(payload).not.toContain('Retry')
})

it('gives the same event in an edge runtime as on Node', () => {
  const vm = new EdgeVM()
  vm.evaluate(bundle)
  const script = `JSON.stringify(capi.buildEvent(${JSON.stringify(event)}, { now: ${now} }))`
  expect(JSON.parse(vm.evaluate<string>(script))).toEqual(buildEvent(event, { now }))
})

it('delivers from an edge runtime, without timers or globals of Node', async () => {
  const vm = new EdgeVM()
  vm.evaluate(bundle)
  vm.context['sent'] = []
  const outcome = vm.evaluate<Promise<string>>(`(async () => {
    const fetch = async (url, init) => {
      sent.push(JSON.parse(init.body))
      return new Response('{"events_received":1}', { status: 200 })
    }
    const client = capi.createCapi({ pixelId: '1234567890', accessToken: 't', fetch })
    await client.track('Lead', undefined, ${JSON.stringify({ ...event, event_name: undefined })})
    return JSON.stringify(await client.close())
  })()`)
  expect(JSON.parse(await outcome)).toEqual({ delivered: 1, dropped: 0, queued: 0 })
})
