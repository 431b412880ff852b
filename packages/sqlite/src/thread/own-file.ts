import { readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { OutboxOptions, OutboxWarning } from '../outbox-options.ts'
import { type OutboxEngine, outboxEngine } from './outbox-engine.ts'
import type { Leases } from './owner.ts'

/** More processes than one machine runs. */
const MAX_FILES = 1_000

const fileOf = (path: string, n: number) => (n === 1 ? path : `${path}.${n}`)

/**
 * With `perProcess`, an outbox takes the first of the files `path`, `path.2`, `path.3` … that no process has, so that the process which
 * replaces one that ended goes on with its file. Files that are left over are emptied into this one, each
 * time that core looks for what is due.
 */
export function ownFileEngine(
  options: OutboxOptions,
  onWarning: (incident: OutboxWarning) => void,
  generation = 0,
  leases: Leases = new Map(),
): OutboxEngine {
  if (!options.perProcess) return outboxEngine(options, onWarning, generation, leases)
  let path = options.path
  // The leases of a former thread name rows of the file that it had, which need not be this one.
  const engineOf = (file: string) =>
    outboxEngine({ ...options, path: file, lockTimeoutMs: 0 }, onWarning, generation)
  let engine = engineOf(path)

  return {
    handle(calls) {
      let answers = engine.handle(calls)
      const isLocked = () =>
        !engine.isOpen() &&
        answers.some((answer) => 'problem' in answer && answer.problem === 'locked')
      for (let n = 1; isLocked() && n <= MAX_FILES; n++) {
        path = fileOf(options.path, n)
        engine = engineOf(path)
        answers = engine.handle(calls)
      }
      if (calls.some(({ method }) => method === 'dueLanes'))
        engine.adopt(filesOf(options.path).filter((other) => other !== path))
      return answers
    },
    isOpen: () => engine.isOpen(),
    adopt: (others) => engine.adopt(others),
    step: () => engine.step(),
    close: () => engine.close(),
  }
}

/** @returns those there are. */
function filesOf(path: string): string[] {
  const name = basename(path)
  try {
    const found = readdirSync(dirname(resolve(path)))
    const numbered = found.filter(
      (one) => one.startsWith(`${name}.`) && /^\d{1,4}$/.test(one.slice(name.length + 1)),
    )
    const first = found.includes(name) ? [path] : []
    return [...first, ...numbered.map((one) => join(dirname(path), one))]
  } catch {
    return [] // The folder cannot be read.
  }
}
