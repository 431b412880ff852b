import type { ActionSource } from '@capi/core'
import type { Target } from './target.ts'

/** Which values of a column are a sale. Compared without case. */
export interface StateRule {
  readonly target: `state.${string}`
  /** Empty: `--sold` has to say. */
  readonly sold: readonly string[]
  /** Known to be none. Any other value refuses the row: it is not guessed. */
  readonly unsold: readonly string[]
  /** What a blank cell is; default `refused`. */
  readonly blank?: 'sold' | 'unsold'
  /** Any value that is not blank is no sale: a moment of cancellation, for example. */
  readonly isAnyUnsold?: true
}

/** A kind of export: how it is recognised, what its columns mean and which of its rows are events. */
export interface Source {
  /** The name for `--from`. */
  readonly name: string
  readonly title: string
  /** Folded headers that all stand in such a file. */
  readonly signature: readonly string[]
  /** Folded header to targets. */
  readonly columns: Readonly<Record<string, readonly Target[]>>
  /** Why no file of this kind can be uploaded, and which export can. */
  readonly refusal?: string
  /** Which export has match keys, where this one has none in its cells. */
  readonly betterExport?: string
  /** Default `Purchase`. */
  readonly event?: string
  /** Of rows that name none. */
  readonly actionSource: ActionSource
  /** Before the order's id in the `event_id`; default the event's name. */
  readonly idPrefix?: readonly [string, string]
  readonly states?: readonly StateRule[]
  /** The value is the sum over the rows of an order; default: the first row's. */
  readonly isSum?: true
  /** Stands before values, and is no part of them. */
  readonly prefixes?: RegExp
  /** An id made of the row's own text where it has none. */
  readonly hasNoId?: true
  /** Goes into every event. */
  readonly custom_data?: Readonly<Record<string, string>>
  /** The shop's own Pixel or server may have sent these sales already. */
  readonly isWebShop?: true
}
