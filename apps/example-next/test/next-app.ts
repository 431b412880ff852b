import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'

const HOME = join(import.meta.dirname, '..')
const SHOP = ['app', 'components', 'lib']

/** The shop, with routes for tests beside its own: a copy in a folder that is not committed. */
const TEST_APP = join(HOME, '.test-app')

const next = createRequire(import.meta.url).resolve('next/dist/bin/next')

export interface NextProcess {
  readonly process: ChildProcess
  readonly output: () => string
  /** @throws an Error with what it printed, when it ends without. */
  printed(pattern: RegExp): Promise<string>
}

export async function writeTestApp(folder: string = TEST_APP): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
  for (const name of SHOP) await cp(join(HOME, name), join(folder, name), { recursive: true })
  await cp(join(import.meta.dirname, 'overlay'), folder, { recursive: true })
  await writeFile(join(folder, 'tsconfig.json'), '{ "extends": "../tsconfig.json" }')
}

/** Runs `next build`, `next start` or `next dev`. Nothing leaves the machine. */
export function runNext(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string = TEST_APP,
): NextProcess {
  // Vitest's NODE_ENV is not for Next.
  const whole: object = {
    ...process.env,
    NODE_ENV: undefined,
    NEXT_TELEMETRY_DISABLED: '1',
    ...env,
  }
  const child = spawn(process.execPath, [next, ...args], {
    cwd,
    env: whole as NodeJS.ProcessEnv,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  return {
    process: child,
    output: () => output,
    async printed(pattern) {
      const ended = once(child, 'close')
      for (;;) {
        const found = pattern.exec(output)
        if (found !== null) return found[1] ?? found[0]
        if (child.exitCode !== null) throw new Error(`next ${args.join(' ')} ended: ${output}`)
        await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), ended])
      }
    },
  }
}

/** A port that was free a moment ago: the shop must know its own address before it starts. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** @returns its address, once it answers. */
export async function startNext(emulatorUrl: string) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const args = ['start', '--port', String(port), '--hostname', '127.0.0.1']
  const started = runNext(args, shopEnv(emulatorUrl, url))
  await started.printed(/Ready in/)
  return { ...started, url }
}

/** For the client that the shop makes. */
export function shopEnv(emulatorUrl: string, siteUrl: string): Record<string, string> {
  return {
    SITE_URL: siteUrl,
    META_PIXEL_ID: '1234567890',
    META_CAPI_ACCESS_TOKEN: 'emulator-token',
    CAPI_BASE_URL: emulatorUrl,
    PIXEL_URL: `${emulatorUrl}/en_US/fbevents.js`,
  }
}
