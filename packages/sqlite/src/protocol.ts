import type { DeadLetter, ReplayResult, StoreProblem } from '@capi/core'
import type {
  DeadLetterQuery,
  Lease,
  Loss,
  Outbox,
  OutboxItem,
  PixelCounts,
  PutResult,
  Settlement,
  SettleResult,
} from '@capi/core/outbox'
import type { OutboxWarning } from './outbox-options.ts'

export type LeaseRequest = Parameters<Outbox['lease']>[0]
export type Time = Parameters<Outbox['settle']>[1]
export type ListFilter = DeadLetterQuery & { readonly limit?: number }

export interface Swept {
  readonly losses: readonly Loss[]
  /** A sweep does a bounded piece of work, so that it holds up no put; there is more to do. */
  readonly hasMore: boolean
}

/** What the thread can be asked. */
export interface Operations {
  put(items: readonly OutboxItem[], nowMs: number): readonly PutResult[]
  lease(request: LeaseRequest): Lease
  settle(settlements: readonly Settlement[], time: Time): readonly SettleResult[]
  recover(): Readonly<Record<string, number>>
  /** Makes every waiting item due: the due moments of a former process mean nothing in this one. */
  rebase(): void
  sweep(nowMs: number): Swept
  list(filter: ListFilter): readonly DeadLetter[]
  replay(filter: DeadLetterQuery, nowMs: number): ReplayResult
  purge(filter: DeadLetterQuery): number
  stats(): Readonly<Record<string, PixelCounts>>
  /** Transactions committed so far: how well commits are shared. */
  commits(): number
}

export type Operation = keyof Operations

/** One call: its method and its arguments. */
export type Call = {
  [O in Operation]: { readonly method: O; readonly args: Readonly<Parameters<Operations[O]>> }
}[Operation]

export type Answer =
  | { readonly value: unknown }
  | { readonly problem: StoreProblem; readonly message: string }

/** The last call there is. */
export interface Close {
  readonly method: 'close'
  readonly args: readonly []
}

export type Request = (Call | Close) & { readonly id: number }

/** What the thread posts. */
export interface Report {
  readonly answers: readonly (Answer & { readonly id: number })[]
  readonly incidents: readonly OutboxWarning[]
}
