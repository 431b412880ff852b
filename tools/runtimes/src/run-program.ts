import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { binary } from './binary.ts'

/** `node` is the one that runs the tests: 26 in `test`, 22 and 24 in jobs of their own in CI. */
export const RUNTIMES = ['node', 'bun', 'deno'] as const

export type Runtime = (typeof RUNTIMES)[number]

const DENO_OPTIONS = ['--allow-all', '--no-lock', '--node-modules-dir=manual', '--no-check']

const COMMANDS: Readonly<Record<Runtime, () => readonly [string, ...string[]]>> = {
  node: () => [process.execPath],
  bun: () => [binary('bun'), 'run'],
  deno: () => [binary('deno'), 'run', ...DENO_OPTIONS],
}

function commandOf(runtime: Runtime, program: string, args: readonly string[]) {
  const [file, ...options] = COMMANDS[runtime]()
  const path = fileURLToPath(new URL(`../programs/${program}.ts`, import.meta.url))
  return { file, args: [...options, path, ...args] }
}

/** Runs a program of `programs/` to its end. @returns what it printed on stdout and stderr */
export async function runProgram(
  runtime: Runtime,
  program: string,
  ...given: readonly string[]
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const { file, args } = commandOf(runtime, program, given)
  return promisify(execFile)(file, args, { timeout: 50_000, maxBuffer: 64 * 1024 * 1024 })
}

export interface StartedProgram extends AsyncDisposable {
  readonly process: ChildProcess
  /** The first line it printed. */
  readonly line: string
}

/** Starts a program of `programs/` that does not end by itself, and waits for a line of it. Disposing kills it. */
export async function startProgram(
  runtime: Runtime,
  program: string,
  ...given: readonly string[]
): Promise<StartedProgram> {
  const { file, args } = commandOf(runtime, program, given)
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const lineEnd = once(child.stdout.setEncoding('utf8'), 'data')
  const [text] = (await Promise.race([lineEnd, exited])) as [unknown]
  if (typeof text !== 'string') throw new Error(`${program} ended early on ${runtime}`)
  return {
    process: child,
    line: text.trim(),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
