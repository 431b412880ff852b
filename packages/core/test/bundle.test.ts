import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

/** See docs/decisions/0018. */
const MAX_BYTES = 141 * 1024
const MAX_PAYLOAD_BYTES = 83.5 * 1024
const MAX_PAYLOAD_GZIP_BYTES = 36.5 * 1024
/** What stands before the queue, for use without a client. */
const PAYLOAD =
  'buildEvent, hashUserData, normalizeField, sha256, createFbc, createFbp, parseFbc, parseFbp, eventIdFrom'

/** What a user of an edge platform deploys: the built package, how it reads a request, and its dependency in one file. */
async function bundled(names: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export ${names} from './dist/index.js'; export { requestContext } from './dist/adapter.js'`,
      resolveDir: new URL('..', import.meta.url).pathname,
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
  })
  return outputFiles[0]?.text ?? ''
}

it('stays small, minified, with everything in it', async () => {
  expect(Buffer.byteLength(await bundled('*'))).toBeLessThan(MAX_BYTES)
})

it('leaves delivery out where only the payload is asked for', async () => {
  const payload = await bundled(`{ ${PAYLOAD} }`)
  expect(Buffer.byteLength(payload)).toBeLessThan(MAX_PAYLOAD_BYTES)
  expect(gzipSync(payload, { level: 9 }).length).toBeLessThan(MAX_PAYLOAD_GZIP_BYTES)
  expect(payload).not.toContain('Retry')
})
