import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { environment } from './run.ts'

export interface ServerProcess {
  /** Resolves with the first group of the pattern once the output has it; rejects when the process ends before. */
  readonly printed: (pattern: RegExp) => Promise<string>
  /** The port that the preloaded file tells of; undefined when the process ends without listening. */
  readonly port: Promise<number | undefined>
  /** Resolves with the exit code, null for a signal. */
  readonly ended: Promise<number | null>
  /** Asks it to end, as an operator does, and resolves with all it has printed. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<string>
  readonly output: () => string
}

export interface StartOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** When it is killed whatever happens; default a minute. */
  readonly limitMs?: number
}

const LIMIT_MS = 60_000

/** Starts a program that goes on running. */
export function startProcess(
  node: string,
  args: readonly string[],
  { cwd, env, limitMs = LIMIT_MS }: StartOptions,
): ServerProcess {
  const child = spawn(node, args, {
    cwd,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    timeout: limitMs,
    killSignal: 'SIGKILL',
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      child.emit('output')
    })
  const ended = once(child, 'close').then(() => child.exitCode)
  return {
    ended,
    port: Promise.race([portOf(child), ended.then(() => undefined)]),
    output: () => output,
    async printed(pattern) {
      const found = () => pattern.exec(output)?.[1]
      while (found() === undefined && child.exitCode === null && child.signalCode === null)
        await Promise.race([once(child, 'output'), ended])
      const text = found()
      if (text === undefined) throw new Error(`${pattern} was not printed:\n${output}`)
      return text
    },
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      await ended
      return output
    },
  }
}

async function portOf(child: ChildProcess): Promise<number | undefined> {
  const [message]: readonly unknown[] = await once(child, 'message')
  return (message as { readonly port: number }).port
}
