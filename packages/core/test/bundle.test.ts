import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

/** See docs/decisions/0018. */
const MAX_BYTES = 163.75 * 1024
const MAX_PAYLOAD_BYTES = 83.5 * 1024
const MAX_PAYLOAD_GZIP_BYTES = 37 * 1024
const MAX_CLICK_ID_GZIP_BYTES = 1024
/** On Node.js, Bun and Deno, whose own hash is used. */
const MAX_NODE_BYTES = 159.75 * 1024
const MAX_NODE_BUILD_EVENT_BYTES = 70.25 * 1024
const MAX_BUILD_EVENT_BYTES = 74.75 * 1024
/** How the built package reads a request, as an edge platform needs it. */
const REQUESTS = `export { requestContext } from './dist/adapter.js'`
const NODE_REQUESTS = REQUESTS.replace('dist/', 'dist/node/')
/** What stands before the queue, for use without a client. */
const PAYLOAD =
  'buildEvent, hashUserData, normalizeField, sha256, createFbc, createFbp, parseFbc, parseFbp, eventIdFrom'

/** What a user deploys: what is asked for, with its dependency in one file. */
async function bundled(
  contents: string,
  platform: 'browser' | 'node' = 'browser',
): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: new URL('..', import.meta.url).pathname },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform,
  })
  return outputFiles[0]?.text ?? ''
}

it('stays small, minified, with everything in it', async () => {
  expect(
    Buffer.byteLength(await bundled(`export * from './dist/index.js'; ${REQUESTS}`)),
  ).toBeLessThan(MAX_BYTES)
})

it('leaves delivery out where only the payload is asked for', async () => {
  const payload = await bundled(`export { ${PAYLOAD} } from './dist/index.js'; ${REQUESTS}`)
  expect(Buffer.byteLength(payload)).toBeLessThan(MAX_PAYLOAD_BYTES)
  expect(gzipSync(payload, { level: 9 }).length).toBeLessThan(MAX_PAYLOAD_GZIP_BYTES)
  expect(payload).not.toContain('Retry')
})

it('is smaller on Node.js, which hashes by itself', async () => {
  const all = await bundled(`export * from './dist/node/index.js'; ${NODE_REQUESTS}`, 'node')
  expect(Buffer.byteLength(all)).toBeLessThan(MAX_NODE_BYTES)
  const buildEvent = await bundled(`export { buildEvent } from './dist/node/index.js'`, 'node')
  expect(Buffer.byteLength(buildEvent)).toBeLessThan(MAX_NODE_BUILD_EVENT_BYTES)
})

it('leaves out what building an event does not need', async () => {
  const buildEvent = await bundled(`export { buildEvent } from './dist/index.js'`)
  expect(Buffer.byteLength(buildEvent)).toBeLessThan(MAX_BUILD_EVENT_BYTES)
  // The client's advice about Meta's refusals.
  expect(buildEvent.includes('Business Manager')).toBe(false)
})

it('costs a page next to nothing where only click ids are asked for', async () => {
  const clickIds = await bundled(`export * from './dist/click-id.js'`)
  expect(gzipSync(clickIds, { level: 9 }).length).toBeLessThan(MAX_CLICK_ID_GZIP_BYTES)
})
