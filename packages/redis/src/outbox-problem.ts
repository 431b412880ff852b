import { CapiStoreError } from '@capi/core'

/** Why the outbox cannot work. */
export type RedisProblem =
  | 'memory_full'
  | 'io'
  | 'misconfigured'
  | 'unreachable'
  | 'closed'
  | 'unknown'

/** Redis starts its refusals with such a word. */
const BY_WORD: Readonly<Record<string, RedisProblem>> = {
  OOM: 'memory_full',
  MISCONF: 'io',
  NOAUTH: 'misconfigured',
  WRONGPASS: 'misconfigured',
  NOPERM: 'misconfigured',
  CROSSSLOT: 'misconfigured',
  // A replica, or a server that starts: another moment, another answer.
  READONLY: 'unreachable',
  NOREPLICAS: 'unreachable',
  LOADING: 'unreachable',
  BUSY: 'unreachable',
  MASTERDOWN: 'unreachable',
  CLUSTERDOWN: 'unreachable',
  TRYAGAIN: 'unreachable',
}

const WHAT_TO_DO: Readonly<Record<RedisProblem, string>> = {
  memory_full: 'Redis is at its maxmemory: make room. What waits is kept, and delivery goes on.',
  io: 'Redis cannot write its snapshot and refuses all writes: check its disk.',
  misconfigured:
    'Redis refuses the connection or a command: check user, password, rights and prefix.',
  unreachable:
    'Redis did not answer: check that it runs and can be reached, and that a client of node-redis is connected.',
  closed: 'The outbox is closed.',
  unknown: 'This should not happen: please report it.',
}

/** Never with what Redis or a client puts on its errors: the arguments of a command are events. */
export function storeError(problem: RedisProblem, detail?: string): CapiStoreError {
  const why = detail === undefined ? '' : ` (${detail})`
  return new CapiStoreError(problem, `The outbox on Redis failed. ${WHAT_TO_DO[problem]}${why}`)
}

/** What the clients call the end of a connection; they have few codes. */
const CONNECTION = /connect|clos(?:ed|ing)|stream|timed? ?out|socket|offline|max retries/i

export function toOutboxError(error: unknown): CapiStoreError {
  if (error instanceof CapiStoreError) return error
  const { message, name } = error instanceof Error ? error : { message: '', name: '' }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const word = /^[A-Z]{3,}\b/.exec(message)?.[0]
  const refusal = word === undefined ? undefined : BY_WORD[word]
  if (refusal !== undefined) return storeError(refusal, word)
  if (code === '' && !CONNECTION.test(`${name} ${message}`)) return storeError('unknown', word)
  return storeError('unreachable', code === '' ? name : code)
}
