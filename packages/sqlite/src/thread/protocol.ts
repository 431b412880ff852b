import type { Loss, Outbox, OutboxItem, PutResult, Time } from '@capi/core/outbox'
import type { OutboxWarning } from '../outbox-options.ts'
import type { SqliteProblem } from '../outbox-problem.ts'
import type { Row } from './rows.ts'

type Method = Exclude<
  keyof Outbox,
  'sharedAs' | 'isDurable' | 'isTransactional' | 'pollMs' | 'leaseMs' | 'close'
>

/** What the thread can be asked: the port, without promises. */
export type Operations = {
  readonly [M in Method]: (...args: Parameters<Outbox[M]>) => Awaited<ReturnType<Outbox[M]>>
} & {
  /** Transactions committed so far: how well commits are shared. */
  commits(): number
  /** Checks the rows behind this one. @returns the last of them; undefined: there are no more. */
  check(after: number, limit: number): number | undefined
  /** Keeps what another file held. @returns false: there is no room for all of the items. */
  adopt(found: Adopted): boolean
}

/** Taken from the file of a process that is gone. */
export interface Adopted {
  readonly items?: readonly OutboxItem[]
  readonly letters?: readonly Row[]
  readonly known?: readonly (readonly [key: string, untilMs: number])[]
  readonly losses?: readonly Loss[]
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

/** A put on its way to the thread: arrays cross in a quarter of the time that objects take. */
type PackedItem = readonly [
  lane: string,
  key: string,
  event_id: string,
  event_name: string,
  body: string,
  expiresAtMs: number,
  rememberUntilMs: number,
  trace?: string,
]
type PackedPut = readonly [id: number, tickMs: number, nowMs: number, items: readonly PackedItem[]]
export type Packed = PackedPut | Request

export function pack(request: Request): Packed {
  if (request.method !== 'put') return request
  const [items, { tickMs, nowMs }] = request.args
  return [request.id, tickMs, nowMs, items.map(packItem)]
}

function packItem(item: OutboxItem): PackedItem {
  const { lane, key, event_id, event_name, body, expiresAtMs, rememberUntilMs, trace } = item
  const packed = [lane, key, event_id, event_name, body, expiresAtMs, rememberUntilMs] as const
  return trace === undefined ? packed : [...packed, trace]
}

export function unpack(packed: Packed): Request {
  if ('method' in packed) return packed
  const [id, tickMs, nowMs, items] = packed
  return { id, method: 'put', args: [items.map(unpackItem), { tickMs, nowMs }] }
}

function unpackItem(packed: PackedItem): OutboxItem {
  const [lane, key, event_id, event_name, body, expiresAtMs, rememberUntilMs, trace] = packed
  const item = { lane, key, event_id, event_name, body, expiresAtMs, rememberUntilMs }
  return trace === undefined ? item : { ...item, trace }
}

/** What came of a put, or of any call. */
export type PackedAnswer =
  | readonly [id: number, results: readonly PutResult[]]
  | (Answer & { readonly id: number })

/** What the thread posts. */
export interface Report {
  readonly answers: readonly PackedAnswer[]
  readonly incidents: readonly OutboxWarning[]
}

/** Calls that depend on the time have it as their last argument. */
export function timeOf({ args }: Call | Close): Time | undefined {
  const last: unknown = args.at(-1)
  return typeof last === 'object' && last !== null && 'tickMs' in last ? (last as Time) : undefined
}
