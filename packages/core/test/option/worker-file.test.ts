import { describe, expect, it } from 'vitest'
import { type OwnThread, workerFile } from '../../src/option/worker-file.ts'

const thread: OwnThread = {
  name: 'someOutbox',
  from: '@capi/some',
  here: 'file:///app/node_modules/@capi/some/dist/index.js',
  source: 'worker',
  built: 'capi-some-worker',
  exists: () => true,
}

describe("the file of a package's thread", () => {
  it.each([
    ['file:///app/node_modules/@capi/some/dist/index.js', 'dist/capi-some-worker.js'],
    ['file:///app/node_modules/@capi/some/dist/index.cjs', 'dist/capi-some-worker.cjs'],
    ['file:///capi/packages/some/src/thread/start.ts', 'src/thread/worker.ts'],
  ])('lies beside %s', (here, file) => {
    expect(workerFile({ ...thread, here }).href).toMatch(new RegExp(`/${file}$`))
  })

  it.each([
    ['a bundle elsewhere', { exists: () => false }],
    ['a bundle whose format has no import.meta', { here: undefined }],
    ['a bundle under a name that is no file', { here: 'webpack://shop/index.js' }],
    ['a program without an extension', { here: 'file:///app/shop' }],
  ])('stops the start in %s, and names what to write', (_where, given) => {
    const start = () =>
      workerFile({ ...thread, exists: (file) => file.protocol === 'file:', ...given })
    expect(start).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        message: expect.stringMatching(
          /^someOutbox .*external: \['@capi\/some'\].*worker_missing\)/,
        ),
      }),
    )
  })
})
