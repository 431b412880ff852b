import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../src/bin.ts', import.meta.url))

/** What a run of the program left. */
export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly input?: string
}

/** Starts the program itself, from its sources, with no variable of ours but those given. */
export function startCapi(args: readonly string[], { env = {}, cwd }: RunOptions = {}) {
  const { PATH = '', HOME = '' } = process.env
  return spawn(process.execPath, ['--conditions=@capi/source', BIN, ...args], {
    cwd,
    env: { PATH, HOME, ...env },
    stdio: 'pipe',
  })
}

/** Runs the program to its end. */
export function runCapi(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const child = startCapi(args, options)
  const ran = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      ran[name] += text
    })
  }
  child.stdin.end(options.input ?? '')
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...ran }))
  })
}
