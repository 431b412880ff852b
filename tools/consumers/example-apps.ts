import { type ServerProcess, startProcess } from './server-process.ts'

/** The same application on another framework: versions that stand in for its own. */
export interface Variant {
  readonly name: string
  readonly versions: Readonly<Record<string, string>>
}

export interface ExampleApp {
  readonly variants: readonly Variant[]
  /** What is started, in the app's folder, and what a visitor does then. Rejects when that goes wrong. */
  readonly visit: (node: string, cwd: string) => Promise<void>
}

const EXPRESS: readonly Variant[] = [
  { name: 'express 5', versions: {} },
  { name: 'express 4', versions: { express: '4.22.3', '@types/express': '4.17.25' } },
]

const NEST: readonly Variant[] = [
  { name: 'nest 12', versions: {} },
  {
    name: 'nest 11',
    versions: {
      '@nestjs/common': '11.2.10',
      '@nestjs/config': '4.0.2',
      '@nestjs/core': '11.2.10',
      '@nestjs/platform-express': '11.2.10',
      '@nestjs/terminus': '11.1.1',
      '@nestjs/testing': '11.2.6',
    },
  },
]

const FREE_PORTS = { PORT: '0', EMULATOR_PORT: '0' }
const VISITOR = { 'x-consent': 'granted', 'x-forwarded-for': '203.0.113.7' }

export const EXAMPLE_APPS: Readonly<Record<string, ExampleApp>> = {
  'example-express': {
    variants: EXPRESS,
    visit: (node, cwd) =>
      during(startProcess(node, ['dist/start.js'], { cwd, env: FREE_PORTS }), async (shop) => {
        const url = await shop.printed(/Shop\s+(http\S+)/)
        await get(`${url}/products/mug`, { cookie: 'kobalt_consent=granted' })
        const output = await shop.stop()
        if (!output.includes('1 event delivered, 0 dropped.')) throw new Error(output)
      }),
  },
  'example-nest': {
    variants: NEST,
    visit: (node, cwd) =>
      during(startProcess(node, ['dist/start.js'], { cwd, env: FREE_PORTS }), async (shop) => {
        const emulator = await shop.printed(/Emulator\s+(http\S+)/)
        const url = await shop.printed(/Shop API\s+(http\S+)/)
        await get(`${url}/products/mug?fbclid=demo-click`, VISITOR)
        await get(`${emulator}/__capi/wait?event_name=ViewContent&status=processed&timeoutMs=10000`)
      }),
  },
  'example-shopify': {
    variants: EXPRESS,
    visit: (node, cwd) =>
      during(
        startProcess(node, ['--conditions=@capi/source', 'src/play.ts'], { cwd, env: FREE_PORTS }),
        async (day) => {
          const code = await day.ended
          if (code !== 0 || !/(\d+) events tracked, \1 delivered, 0 queued/.test(day.output()))
            throw new Error(`It ended with ${code}.`)
        },
      ),
  },
}

async function during(
  process: ServerProcess,
  visit: (process: ServerProcess) => Promise<void>,
): Promise<void> {
  try {
    await visit(process)
  } catch (error) {
    throw new Error(`${String(error)}\n${await process.stop()}`)
  } finally {
    await process.stop()
  }
}

async function get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  const response = await fetch(url, { headers })
  if (!response.ok) throw new Error(`${url} was answered ${response.status}.`)
}
