import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Child {
  readonly process: ChildProcess
  /** Resolves once it printed this much. */
  printed(text: string): Promise<void>
  ended(): Promise<Ended>
}

export function runChild(name: string, ...args: readonly string[]): Child {
  const file = fileURLToPath(new URL(`./${name}.ts`, import.meta.url))
  const child = spawn(process.execPath, ['--conditions=@capi/source', file, ...args])
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
