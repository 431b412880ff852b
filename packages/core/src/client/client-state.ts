import type { Lanes } from '../delivery/lanes.ts'
import type { Ledger } from '../delivery/ledger.ts'
import type { Store } from '../store/store.ts'
import type { Exchange } from '../transport/exchange.ts'
import type { ResolvedOptions } from './options.ts'

/** What the methods of one client share. */
export interface ClientState {
  readonly options: ResolvedOptions
  readonly ledger: Ledger
  readonly store: Store
  /** Undefined: no token, nothing is sent. */
  readonly exchange: Exchange | undefined
  /** Undefined where `exchange` is. */
  readonly lanes: Lanes | undefined
  /** Calls of `track` whose events are on their way into the outbox. */
  readonly putting: Set<Promise<unknown>>
  /** Settled when the outbox has said what it holds from before; until then nothing is leased. */
  recovered: Promise<void>
  /** The outbox could not be asked outside of a request: the next one asks it. */
  isRecoverDue: boolean
  /** No more events are taken. */
  isClosed: boolean
  /** No more are sent either. */
  isStopped: boolean
  /** A sweep is due. */
  cancelSweep: (() => void) | undefined
  /** Another look for what other processes put is due. */
  cancelPoll: (() => void) | undefined
  /** Bound to the request the client belongs to, where the runtime binds such objects; see `home.ts`. */
  home: AbortSignal | undefined
  /** Warnings that were logged: codes of issues, and lines. */
  readonly logged: Set<string>
  /** What each tracker of the client carries; see `test-client.ts`. */
  readonly mark: object
}
