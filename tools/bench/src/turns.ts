import { type ChildProcess, type ForkOptions, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A process that answers each message with one. */
export interface Contestant {
  readonly child: ChildProcess
  ask<T>(message: unknown): Promise<T>
}

/** Starts a file of this package, or an absolute path, in a process of its own and waits until it is ready. */
export async function contestant(
  file: string,
  args: readonly string[],
  options: ForkOptions = {},
): Promise<Contestant> {
  const path = file.startsWith('/') ? file : fileURLToPath(new URL(file, import.meta.url))
  const child = fork(path, args, options)
  const { promise: ended, reject } = Promise.withResolvers<never>()
  child.once('exit', (code) => reject(new Error(`${file} ${args.join(' ')} ended with ${code}`)))
  // It ends with its last question answered.
  ended.catch(() => {})
  const answer = async () => {
    const waiting = new AbortController()
    const heard = once(child, 'message', { signal: waiting.signal })
    try {
      return (await Promise.race([heard, ended]))[0]
    } finally {
      waiting.abort()
      heard.catch(() => {})
    }
  }
  await answer()
  return {
    child,
    async ask(message) {
      child.send(message as string)
      return await answer()
    },
  }
}

/**
 * Rounds in which each one is asked once, in turning order, so that what else the machine does falls on all.
 * Gives the results of each, round by round, without those of the first `warmUp` rounds.
 */
export async function rounds<Name extends string, T>(
  all: Readonly<Record<Name, () => Promise<T>>>,
  { count, warmUp = 0 }: { count: number; warmUp?: number },
): Promise<Readonly<Record<Name, T[]>>> {
  const names = Object.keys(all) as Name[]
  const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>
  for (let round = 0; round < count + warmUp; round++) {
    for (let index = 0; index < names.length; index++) {
      const name = names[(index + round) % names.length] as Name
      const result = await all[name]()
      if (round >= warmUp) results[name].push(result)
    }
  }
  return results
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return (
    ((sorted[Math.ceil(half) - 1] ?? Number.NaN) + (sorted[Math.floor(half)] ?? Number.NaN)) / 2
  )
}

/** The median of the ratios of neighbours: both were measured in the same round. */
export function ratio(over: readonly number[], under: readonly number[]): number {
  return median(over.map((value, round) => value / (under[round] ?? Number.NaN)))
}
