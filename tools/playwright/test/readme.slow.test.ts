import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
/** Inside the package, so that it finds what the package depends on. */
const folder = join(root, '.example')

/** The blocks of the README's section, by the name of the file that each begins with. */
function blocks(): ReadonlyMap<string, string> {
  const readme = readFileSync(join(root, '../../packages/emulator/README.md'), 'utf8')
  const found = readme.matchAll(/^```typescript\n\/\/ (\S+)\n(.*?)^```$/gms)
  return new Map(Array.from(found, ([, name = '', code = '']) => [name, code]))
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: folder,
    // Playwright takes the variables of another test runner for its own.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const [code] = (await once(child, 'close')) as [number]
  return { code, output }
}

/** The README's files, on free ports; `change` breaks one of them. */
async function playwright(change: (code: string) => string = (code) => code) {
  const [emulator, shop] = [await freePort(), await freePort()]
  for (const [name, code] of blocks()) {
    const ported = code.replaceAll('2274', `${emulator}`).replaceAll('3000', `${shop}`)
    writeFileSync(join(folder, name), name.includes('.spec.') ? change(ported) : ported)
  }
  const cli = join(root, 'node_modules/@playwright/test/cli.js')
  return run(cli, ['test', '--reporter=line'])
}

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'test'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  cpSync(join(root, 'src/shop.ts'), join(folder, 'shop.ts'))
})

describe('the Playwright example of the README', () => {
  it('has three files of ten lines or so', () => {
    expect([...blocks().keys()]).toEqual([
      'playwright.config.ts',
      'test/capi.ts',
      'test/order.spec.ts',
    ])
  })

  it('passes against a shop and an emulator in processes of their own', async () => {
    const { code, output } = await playwright()
    expect(output).toContain('2 passed')
    expect(code).toBe(0)
  }, 120_000)

  it('fails where the event is another, and says which came', async () => {
    const { code, output } = await playwright((spec) =>
      spec.replace("event_id: 'order.1001'", "event_id: 'order.1009'"),
    )
    expect(output).toContain('event_id: wanted "order.1009", got "order.1001"')
    expect(code).toBe(1)
  }, 120_000)

  it('compiles', async () => {
    const include = ['*.ts', 'test/*.ts']
    const config = { extends: '../../../tsconfig.base.json', include }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    expect(await run(tsc, ['-p', folder])).toEqual({ code: 0, output: '' })
  }, 60_000)
})
