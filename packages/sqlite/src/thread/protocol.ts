import type { Outbox, Time } from '@capi/core/outbox'
import type { OutboxWarning } from '../outbox-options.ts'
import type { SqliteProblem } from '../outbox-problem.ts'

type Method = Exclude<keyof Outbox, 'sharedAs' | 'isTransactional' | 'pollMs' | 'leaseMs' | 'close'>

/** What the thread can be asked: the port, without promises. */
export type Operations = {
  readonly [M in Method]: (...args: Parameters<Outbox[M]>) => Awaited<ReturnType<Outbox[M]>>
} & {
  /** Transactions committed so far: how well commits are shared. */
  commits(): number
}

export type Operation = keyof Operations

/** One call: its method and its arguments. */
export type Call = {
  [O in Operation]: { readonly method: O; readonly args: Readonly<Parameters<Operations[O]>> }
}[Operation]

/** The last call there is. */
export interface Close {
  readonly method: 'close'
  readonly args: readonly []
}

export type Answer =
  | { readonly value: unknown }
  | { readonly problem: SqliteProblem; readonly message: string }

export type Request = (Call | Close) & { readonly id: number }

/** What the thread posts. */
export interface Report {
  readonly answers: readonly (Answer & { readonly id: number })[]
  readonly incidents: readonly OutboxWarning[]
}

/** Calls that depend on the time have it as their last argument. */
export function timeOf({ args }: Call | Close): Time | undefined {
  const last: unknown = args.at(-1)
  return typeof last === 'object' && last !== null && 'tickMs' in last ? (last as Time) : undefined
}
