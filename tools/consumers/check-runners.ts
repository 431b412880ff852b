import { cpSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { assertArrived, SHOP } from './check-bundlers.ts'
import { commonJsOf } from './check-managers.ts'
import { install, tarballsOf } from './install.ts'
import { run } from './run.ts'
import { typecheck } from './typecheck.ts'
import type { Workshop } from './workshop.ts'

const OURS = [
  '@capi/core',
  '@capi/emulator',
  '@capi/express',
  '@capi/nest',
  '@capi/shopify',
  '@capi/sqlite',
  '@capi/web',
]
const TOOLS = {
  '@nestjs/common': '12.5.1',
  '@nestjs/core': '12.5.1',
  '@nestjs/terminus': '12.1.0',
  '@shopify/shopify-api': '15.0.0',
  '@swc-node/register': '1.12.1',
  '@swc/core': '1.16.22',
  '@types/express': '5.0.6',
  '@types/node': '22.20.5',
  bun: '1.4.5',
  deno: '2.9.6',
  express: '5.3.0',
  hono: '4.13.19',
  jest: '30.5.2',
  'reflect-metadata': '0.2.2',
  rxjs: '7.8.2',
  tsx: '4.23.15',
  typescript: '6.0.3',
}

const JEST_TEST = `import { createCapi } from '@capi/core'
import { createEmulator } from '@capi/emulator'

test('an event arrives', async () => {
  const emulator = createEmulator()
  const options = { pixelId: '1234567890', accessToken: 'any', baseUrl: 'http://localhost:2274' }
  const capi = createCapi({ ...options, fetch: emulator.fetch })
  await capi.track('Lead', {}, { event_id: 'lead.1', action_source: 'other', user_data: { em: 'a@example.com' } })
  await capi.flush()
  expect(emulator).toHaveReceived('Lead', { event_id: 'lead.1' })
  await capi.close()
})
`

/** Entries below the root, as a project without \`exports\` in its resolution imports them. */
const NODE10 = `import { createCapi } from '@capi/core'
import { requestHost } from '@capi/core/adapter'
import { collect } from '@capi/core/collector'
import { outboxBattery } from '@capi/core/outbox-test'
import { readQuality } from '@capi/core/quality'
import '@capi/emulator/jest'
import { CapiHealthIndicator } from '@capi/nest/health'
import { sqliteIdentityStore } from '@capi/shopify/sqlite'
import { capi } from '@capi/web/hono'

export const all = [createCapi, requestHost, collect, outboxBattery, readQuality, CapiHealthIndicator, sqliteIdentityStore, capi]
`

/** The same shop where nothing bundles it: other runtimes, loaders of TypeScript, Jest, and TypeScript's oldest resolution. */
export async function checkRunners({ root, packed, toolchains, rows }: Workshop): Promise<void> {
  const folder = join(root, 'runners')
  const isInstalled = await rows.check('runners | npm install', () =>
    install(folder, { ...TOOLS, ...tarballsOf(OURS, packed) }),
  )
  if (!isInstalled) return
  const shop = readFileSync(SHOP, 'utf8')
  cpSync(SHOP, join(folder, 'shop.mjs'))
  await writeFile(join(folder, 'shop.cjs'), commonJsOf(shop))
  // Types that only a compiler can take away.
  const typed = shop
    .replace('async function main()', 'async function main(): Promise<void>')
    .replace('(resolve) =>', '(resolve: (value?: unknown) => void) =>')
  await writeFile(join(folder, 'shop.ts'), typed)
  await writeFile(join(folder, 'shop.cts'), commonJsOf(typed))
  const bin = (name: string) => join(folder, 'node_modules/.bin', name)
  const node = process.execPath
  const lines: readonly (readonly [title: string, command: string, ...args: string[]])[] = [
    ['Bun, ESM', bin('bun'), 'shop.mjs'],
    ['Bun, CommonJS', bin('bun'), 'shop.cjs'],
    ['Deno', bin('deno'), 'run', '-A', '--node-modules-dir=manual', 'shop.mjs'],
    ['Deno, CommonJS', bin('deno'), 'run', '-A', '--node-modules-dir=manual', 'shop.cjs'],
    ['tsx, ESM', node, bin('tsx'), 'shop.ts'],
    ['tsx, CommonJS', node, bin('tsx'), 'shop.cts'],
    ['SWC, ESM', node, '--import', '@swc-node/register/esm-register', 'shop.ts'],
    ['SWC, CommonJS', node, '--require', '@swc-node/register', 'shop.cts'],
    ["Node's own types", node, 'shop.ts'],
  ]
  for (const [title, command, ...args] of lines)
    await rows.check(`runners | ${title}: an order arrives`, async () =>
      assertArrived(await run(command, args, { cwd: folder, timeoutMs: 90_000 })),
    )
  await writeFile(join(folder, 'esm.test.mjs'), JEST_TEST)
  await writeFile(join(folder, 'cjs.test.cjs'), commonJsOf(JEST_TEST))
  const jest = {
    testEnvironment: 'node',
    transform: {},
    testRegex: '\\.test\\.[cm]js$',
    moduleFileExtensions: ['mjs', 'cjs', 'js', 'json'],
  }
  for (const [title, setup, test, ...flags] of [
    ['ESM', '@capi/emulator/jest', 'esm.test.mjs', '--experimental-vm-modules'],
    ['CommonJS', '@capi/emulator/jest', 'cjs.test.cjs'],
  ] as const)
    await rows.check(`runners | Jest, ${title}, with the emulator's matchers`, async () => {
      const config = JSON.stringify({ ...jest, setupFilesAfterEnv: [setup] })
      await run(
        node,
        [...flags, join(folder, 'node_modules/jest/bin/jest.js'), '--config', config, test],
        { cwd: folder, timeoutMs: 90_000 },
      )
    })
  await writeFile(join(folder, 'node10.ts'), NODE10)
  for (const [version, tsc] of toolchains.compilers) {
    if (version.startsWith('7.')) {
      rows.skip(`runners | moduleResolution node10 | TypeScript ${version}`, 'it has none any more')
      continue
    }
    await rows.check(
      `runners | moduleResolution node10 | TypeScript ${version} finds every entry`,
      async () => {
        const compilerOptions = {
          module: 'commonjs',
          moduleResolution: 'node10',
          ...(version.startsWith('6.') && { ignoreDeprecations: '6.0' }),
          target: 'es2022',
          lib: ['es2023', 'dom'],
          types: ['node'],
          strict: true,
          noEmit: true,
          skipLibCheck: true,
          esModuleInterop: true,
        }
        const config = `tsconfig.node10-${version}.json`
        await writeFile(
          join(folder, config),
          JSON.stringify({ compilerOptions, include: ['node10.ts'] }),
        )
        await typecheck(folder, config, tsc)
      },
    )
  }
}
