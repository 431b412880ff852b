import { CapiError, CapiStoreError } from '@capi/core'

type Problem = 'unreachable' | 'misconfigured' | 'disk_full' | 'closed' | 'unknown'

const WHAT_TO_DO: Readonly<Record<Problem, string>> = {
  unreachable:
    'Postgres could not be reached, or gave no answer in time: check its address and that it runs. What is in the outbox stays there.',
  misconfigured:
    'Start boss first (await boss.start()), give the outbox the same schema as boss, and let its role read and write there.',
  disk_full: 'The disk of Postgres is full: make room.',
  closed: 'The outbox is closed.',
  unknown: 'If it lasts, please report it.',
}

/** By SQLSTATE, the longest beginning that fits. Source: Postgres 18, appendix A, read 2026-11. */
const BY_SQLSTATE: Readonly<Record<string, Problem>> = {
  '08': 'unreachable', // connection exception
  '40': 'unreachable', // serialization failure, deadlock: passes by itself
  '53': 'unreachable', // too many connections, out of memory
  '53100': 'disk_full',
  '57': 'unreachable', // shut down, starting up, query cancelled by a timeout
  '25006': 'unreachable', // a standby that takes no writes
  '28': 'misconfigured', // refused password or role
  '3D': 'misconfigured', // no such database
  '3F': 'misconfigured', // no such schema
  '42': 'misconfigured', // no such table, column or function; no privilege
}

/** What Node puts on errors of the network, and `pg` into the text of those that have no code. */
const NETWORK = /^(E(CONN|PIPE|HOST|NET|TIMEDOUT|NOTFOUND|AI_AGAIN))/
const NETWORK_TEXT = /timeout|terminated|Connection ended|not queryable|Query read/i

/** A failure without any value of an event: what Postgres says of a row may hold it, so only the code is kept. */
export function outboxFailure(error: unknown): CapiStoreError {
  if (CapiError.is(error) && error.code === 'store_failed') return error
  const thrown = error instanceof Error ? error : new Error('not an error')
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
  return failure(problemOf(code, thrown), code || thrown.name)
}

function problemOf(code: string, { name, message }: Error): Problem {
  if (NETWORK.test(code) || (code === '' && NETWORK_TEXT.test(message))) return 'unreachable'
  // pg-boss asserts that it was started, and that a queue is there.
  if (name === 'AssertionError' || /^(ERR_ASSERTION|PGBOSS)/.test(code)) return 'misconfigured'
  return BY_SQLSTATE[code] ?? BY_SQLSTATE[code.slice(0, 2)] ?? 'unknown'
}

export function failure(problem: Problem, detail?: string): CapiStoreError {
  const why = detail === undefined ? '' : ` (${detail})`
  return new CapiStoreError(problem, `The outbox on pg-boss failed${why}. ${WHAT_TO_DO[problem]}`)
}

/** Runs a call of Postgres: what it rejects with becomes a `CapiStoreError`, and it ends. */
export type Call = <T>(work: () => Promise<T>, limitMs?: number) => Promise<T>

export function createCall(timeoutMs: number, isClosed: () => boolean): Call {
  return async (work, limitMs = timeoutMs) => {
    if (isClosed()) throw failure('closed')
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(failure('unreachable', `no answer in ${limitMs} ms`)),
        limitMs,
      )
    })
    try {
      return await Promise.race([work(), late])
    } catch (error) {
      throw outboxFailure(error)
    } finally {
      clearTimeout(timer)
    }
  }
}
