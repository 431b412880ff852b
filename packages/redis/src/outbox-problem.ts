import { CapiConfigError, CapiStoreError } from '@capi/core'

/** Why the outbox cannot work: how Redis or a client begins to say so, and what to do. */
const PROBLEMS = {
  memory_full: [/^OOM/, 'It is at its maxmemory: make room. What waits is kept, and delivered.'],
  io: [/^MISCONF/, 'It cannot write its snapshot and refuses all writes: check its disk.'],
  misconfigured: [
    /^(?:NOAUTH|WRONGPASS|NOPERM|CROSSSLOT|(?:ERR )?(?:The user executing|ACL failure))/,
    'It refuses the connection or a command: check user, password, rights and prefix.',
  ],
  // A replica, or a server that starts, too: another moment, another answer. Clients have few codes.
  unreachable: [
    /^(?:READONLY|NOREPLICAS|LOADING|BUSY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN)|connect|clos(?:ed|ing)|stream|timed? ?out|socket|offline|max retries|ECONN|EPIPE|ENOTFOUND/i,
    'It did not answer: check that it runs and can be reached; a client of node-redis must be connected.',
  ],
  closed: [/^$/, 'The outbox is closed.'],
  unknown: [/^/, 'This should not happen: please report it.'],
} as const satisfies Readonly<Record<string, readonly [RegExp, string]>>

type RedisProblem = keyof typeof PROBLEMS

/** Redis 6.2 puts the place in the script before what a command answered there. */
const PLACE = /^ERR Error running script.*@user_script: \d+: -?/

/** Never with what Redis or a client puts on its errors: the arguments of a command are events. */
export function storeError(problem: RedisProblem, detail = PROBLEMS[problem][1] as string) {
  return new CapiStoreError(problem, `The outbox on Redis failed. ${detail}`)
}

export function toOutboxError(error: unknown): Error {
  if (error instanceof CapiStoreError || error instanceof CapiConfigError) return error
  const text = error instanceof Error ? `${error.message} ${error.name}` : 'no error'
  const said = text.replace(PLACE, '')
  const names = Object.keys(PROBLEMS) as RedisProblem[]
  return storeError(names.find((name) => PROBLEMS[name][0].test(said)) ?? 'unknown')
}
