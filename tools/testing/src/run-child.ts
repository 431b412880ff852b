import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface Child {
  readonly process: ChildProcess
  /** What it has printed so far. */
  output(): string
  /** Resolves once it printed this much. */
  printed(text: string): Promise<void>
  /** Its whole output; resolves when it has ended. */
  ended(): Promise<{
    readonly code: number | null
    readonly stdout: string
    readonly stderr: string
  }>
}

/** Runs a program that a test is to end, or to see ending: `new URL('./children/shop.ts', import.meta.url)`. */
export function runChild(file: URL, ...args: readonly (string | number)[]): Child {
  const command = [
    '--expose-gc',
    '--conditions=@capi/source',
    fileURLToPath(file),
    ...args.map(String),
  ]
  const child = spawn(process.execPath, command)
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const closed = once(child, 'close')
  return {
    process: child,
    output: () => stdout,
    async printed(text) {
      while (!stdout.includes(text)) {
        if (child.exitCode !== null) throw new Error(`it ended early: ${stderr}`)
        await Promise.race([once(child.stdout, 'data'), closed])
      }
    },
    async ended() {
      await closed
      return { code: child.exitCode, stdout, stderr }
    },
  }
}
