import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** A server in a process of its own, once it has said where it is. */
export interface ServerProcess {
  readonly url: string
  readonly child: ChildProcess
  readonly stop: () => Promise<void>
}

export async function startServer(args: readonly string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const ended = once(child, 'close')
  let output = ''
  let url: string | undefined
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk)
    url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0]
    if (url !== undefined) break
  }
  if (url === undefined) throw new Error(`No address in: ${output}`)
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return { url, child, stop }
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}
