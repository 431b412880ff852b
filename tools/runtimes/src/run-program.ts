import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { binary } from './binary.ts'

/** `node` is the one that runs the tests: 26 in `test`, 22 and 24 in jobs of their own in CI. */
export const RUNTIMES = ['node', 'bun', 'deno'] as const

export type Runtime = (typeof RUNTIMES)[number]

const COMMANDS: Readonly<Record<Runtime, () => readonly string[]>> = {
  node: () => [process.execPath],
  bun: () => [binary('bun'), 'run'],
  deno: () => [
    binary('deno'),
    'run',
    '--allow-all',
    '--no-lock',
    '--node-modules-dir=manual',
    '--no-check',
  ],
}

function commandOf(runtime: Runtime, program: string): readonly [string, ...string[]] {
  const file = fileURLToPath(new URL(`../programs/${program}.ts`, import.meta.url))
  return [...COMMANDS[runtime](), file] as unknown as readonly [string, ...string[]]
}

/** Runs a program of `programs/` to its end. @returns what it printed on stdout and stderr */
export async function runProgram(
  runtime: Runtime,
  program: string,
  ...args: readonly string[]
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const [file, ...first] = commandOf(runtime, program)
  return promisify(execFile)(file, [...first, ...args], {
    timeout: 50_000,
    maxBuffer: 64 * 1024 * 1024,
  })
}
