import { CapiStoreError } from '@capi/core'

/** Why the outbox cannot work. */
type BullmqProblem = 'disk_full' | 'io' | 'misconfigured' | 'unreachable' | 'closed' | 'unknown'

/** Redis starts its refusals with such a word. */
const BY_WORD: Readonly<Record<string, BullmqProblem>> = {
  OOM: 'disk_full',
  MISCONF: 'io',
  NOAUTH: 'misconfigured',
  WRONGPASS: 'misconfigured',
  NOPERM: 'misconfigured',
  // A replica, or a server that starts: another moment, another answer.
  READONLY: 'unreachable',
  LOADING: 'unreachable',
  MASTERDOWN: 'unreachable',
  CLUSTERDOWN: 'unreachable',
  TRYAGAIN: 'unreachable',
}

const WHAT_TO_DO: Readonly<Record<BullmqProblem, string>> = {
  disk_full: 'Its memory is full (maxmemory): make room. What is queued is kept.',
  io: 'It cannot write its snapshot: check its disk.',
  misconfigured: 'It refuses the connection or a command: check user, password and rights.',
  unreachable: 'It did not answer in time: check that it runs and can be reached.',
  closed: 'The outbox is closed.',
  unknown: 'This should not happen: please report it.',
}

/** Never with what Redis or ioredis put on their errors: the command's arguments are events. */
export function storeError(problem: BullmqProblem, detail?: string): CapiStoreError {
  const why = detail === undefined ? '' : ` (${detail})`
  return new CapiStoreError(problem, `The outbox on Redis failed${why}. ${WHAT_TO_DO[problem]}`)
}

export function toOutboxError(error: unknown): CapiStoreError {
  if (error instanceof CapiStoreError) return error
  const { message, code } = readable(error)
  const word = /^[A-Z]{3,}\b/.exec(message)?.[0]
  const refusal = word === undefined ? undefined : BY_WORD[word]
  if (refusal !== undefined) return storeError(refusal, word)
  if (code === '' && !/connection|stream|timed? ?out|socket/i.test(message))
    return storeError('unknown', word)
  return storeError('unreachable', code === '' ? undefined : code)
}

function readable(error: unknown): { message: string; code: string } {
  if (!(error instanceof Error)) return { message: '', code: '' }
  // A transaction is refused for what one of its commands was refused for.
  if ('previousErrors' in error && Array.isArray(error.previousErrors))
    return readable(error.previousErrors[0])
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return { message: error.message, code }
}
