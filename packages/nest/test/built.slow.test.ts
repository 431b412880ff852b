import { execFile } from 'node:child_process'
import { cp, mkdir, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startEmulator } from '@capi/emulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const here = fileURLToPath(new URL('.', import.meta.url))
const home = fileURLToPath(new URL('..', import.meta.url))
/** As if installed beside Nest 11. */
const beside11 = `${home}/nest-11/node_modules/.capi-consumer`

beforeAll(async () => {
  const installed = `${beside11}/node_modules/@capi/nest`
  await mkdir(installed, { recursive: true })
  await cp(`${home}/package.json`, `${installed}/package.json`)
  await cp(`${home}/dist`, `${installed}/dist`, { recursive: true })
  await cp(`${here}/built`, beside11, { recursive: true })
})
afterAll(async () => {
  await rm(beside11, { recursive: true, force: true })
})

/** Which copy makes the module, and which the decorators: tokens and requests are the same to both. */
const COPIES = [
  ['import', 'import'],
  ['require', 'require'],
  ['require', 'import'],
  ['import', 'require'],
] as const

describe.each([
  ['12', `${here}/built`],
  ['11', beside11],
])(
  'the built package on Nest %s',
  (_version, folder) => {
    it.each(COPIES)('runs: module by %s, decorators by %s', async (moduleBy, decoratorsBy) => {
      for (const platform of ['express', 'fastify']) {
        const { stdout } = await run(process.execPath, [
          `${folder}/shop.mjs`,
          moduleBy,
          decoratorsBy,
          platform,
        ])
        expect(JSON.parse(stdout)).toEqual({
          page: { body: { isSame: true, outcome: 'accepted' }, cookies: 1 },
          skipped: {
            body: { capi: expect.objectContaining({ status: 'up' }) },
            cookies: 0,
          },
          hasToken: true,
          ids: ['view.1'],
        })
      }
    })

    it('delivers what a script tracks that forgets to close', async () => {
      await using emulator = await startEmulator({ port: 0 })
      await run(process.execPath, [`${folder}/script.mjs`, emulator.url])
      expect(emulator.events().map(({ event_id }) => event_id)).toEqual(['lead.1'])
    })
  },
  30_000,
)
