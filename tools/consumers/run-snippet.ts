import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Build, type Format, outputOf, tsconfigOf } from './compiler-options.ts'
import type { Reading } from './readmes.ts'
import { run } from './run.ts'
import { startProcess } from './server-process.ts'
import { typecheck } from './typecheck.ts'
import { EMITS } from './versions.ts'

const PRELOADS = fileURLToPath(new URL('./preload', import.meta.url))

export interface Source {
  readonly snippet: string
  readonly format: Format
  readonly tsc: string
  readonly needsDom?: boolean | undefined
}

export async function compileSnippet(
  home: string,
  { snippet, format, tsc, needsDom }: Source,
): Promise<void> {
  await mkdir(home, { recursive: true })
  const type = format === 'esm' ? 'module' : 'commonjs'
  const config = { ...tsconfigOf({ ...buildOf(format), needsDom }), include: ['snippet.ts'] }
  await writeFile(join(home, 'package.json'), JSON.stringify({ private: true, type }))
  await writeFile(join(home, 'snippet.ts'), snippet)
  await writeFile(join(home, 'tsconfig.json'), JSON.stringify(config))
  await typecheck(home, '.', tsc)
  // As it stands in the README, where that is JavaScript already: nothing between the reader and the package.
  await writeFile(join(home, 'as-is.mjs'), snippet)
  const isJavaScript = await run(process.execPath, ['--check', 'as-is.mjs'], { cwd: home }).then(
    () => true,
    () => false,
  )
  if (isJavaScript && format === 'esm') await writeFile(join(home, emitted(format)), snippet)
}

const buildOf = (format: Format): Build => ({
  format,
  resolution: 'nodenext',
  typescript: EMITS.nodenext,
})
const emitted = (format: Format) => join(outputOf(buildOf(format)), 'snippet.js')

export interface Place {
  readonly home: string
  readonly format: Format
  readonly node: string
  /** Beside what says where the emulator is. */
  readonly env?: Readonly<Record<string, string>>
  readonly setFolder: string
}

export async function readAlong(
  { home, format, node, setFolder, env: given }: Place,
  reading: Reading,
): Promise<void> {
  const cwd = await mkdtemp(join(home, 'run-'))
  const bin = join(setFolder, 'node_modules/@capi/emulator/dist/bin.js')
  const emulator = startProcess(node, [bin, '--port', '0'], { cwd })
  try {
    const url = await emulator.printed(/Base URL\s+(\S+)/)
    const env = {
      ...given,
      CAPI_BASE_URL: url,
      META_PIXEL_ID: '1234567890',
      META_CAPI_ACCESS_TOKEN: 'any-token',
    }
    const snippet = startProcess(node, [...preload(reading), join(home, emitted(format))], {
      cwd,
      env,
    })
    try {
      if (reading.request) await request(await snippet.port, reading.request)
      if (reading.event !== 'none') await arrived(url, reading)
      if (reading.livesOn) await snippet.stop()
      if (!reading.request && (await snippet.ended) !== 0)
        throw new Error('It ended with an error.')
    } catch (error) {
      throw new Error(`${String(error)}\n${await snippet.stop()}`)
    } finally {
      await snippet.stop()
    }
  } finally {
    await emulator.stop()
    await rm(cwd, { recursive: true })
  }
}

function preload({ livesOn, server }: Reading): readonly string[] {
  const files = ['free-port']
  if (livesOn === 'with a server') files.push('live-on')
  if (server === 'redis') files.push('redis')
  return files.flatMap((name) => ['--require', join(PRELOADS, `${name}.cjs`)])
}

async function request(
  port: number | undefined,
  { path, init }: NonNullable<Reading['request']>,
): Promise<void> {
  if (port === undefined) throw new Error('It ended without listening.')
  const { status } = await fetch(`http://127.0.0.1:${port}${path}`, init)
  if (status >= 400) throw new Error(`${path} was answered ${status}.`)
}

/** One event, hashed, and Meta would take it. */
async function arrived(url: string, { event, raw }: Reading): Promise<void> {
  const response = await fetch(
    `${url}/__capi/wait?event_name=${event}&status=processed&timeoutMs=10000`,
  )
  const text = await response.text()
  if (response.status !== 200) throw new Error(`No ${event} arrived: ${text}`)
  if (raw.test(text)) throw new Error('The event holds what should be hashed.')
  const { payload }: { payload: { user_data: { em?: unknown } } } = JSON.parse(text)
  if (!/^\["[0-9a-f]{64}"\]$/.test(JSON.stringify(payload.user_data.em)))
    throw new Error(`em is no hash: ${JSON.stringify(payload.user_data.em)}`)
}
