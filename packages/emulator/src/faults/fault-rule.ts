/** What happens to a call, in place of the usual answer or before it. */
export type FaultAction =
  /** Meta's error, or a bare status without one. */
  | {
      readonly type: 'error'
      /** HTTP status. */
      readonly status: number
      /** Meta's error code; without one the answer has no error in it. */
      readonly code?: number
      /** Meta's subcode. */
      readonly error_subcode?: number
      /** Whether Meta says that the call may pass later. */
      readonly is_transient?: boolean
      /** Added to the answer: `Retry-After`, usage. */
      readonly headers?: Readonly<Record<string, string>>
    }
  /** A proxy's page. */
  | {
      readonly type: 'html'
      /** HTTP status. */
      readonly status: number
    }
  /** The usual answer, later; `spread` adds up to so much at random. */
  | {
      readonly type: 'latency'
      /** Milliseconds. */
      readonly ms: number
      /** Milliseconds; default 0. */
      readonly spread?: number
    }
  /** No answer at all. */
  | { readonly type: 'timeout' }
  /** The connection is reset before anything was taken. */
  | { readonly type: 'reset' }
  /** The events are taken, then the connection is cut: the caller cannot know. */
  | { readonly type: 'process_then_cut' }
  /** Headers, then a byte of the answer now and then. */
  | {
      readonly type: 'slow_loris'
      /** Milliseconds between two bytes. */
      readonly everyMs?: number
    }
  /** An answer cut in the middle of its JSON. */
  | { readonly type: 'malformed' }
  /** The usual answer with other headers: usage, Retry-After. */
  | {
      readonly type: 'headers'
      /** By name. */
      readonly headers: Readonly<Record<string, string>>
    }
  /** Taken, but fewer counted than sent. */
  | {
      readonly type: 'received'
      /** The number to answer. */
      readonly events_received: number
    }

/** A fault as Meta has them, ready to use: its status, codes and headers. */
export type FaultPreset =
  | 'rate-limit'
  | 'user-limit'
  | 'custom-limit'
  | 'token-expired'
  | 'permission'
  | 'unknown-dataset'
  | 'blocked'
  | 'outage'
  | 'bad-gateway'
  | 'slow'
  | 'flaky'
  | 'near-limit'

/** Which calls fail, how, and how often. */
export interface FaultRule {
  /** Default: every call to /events. All keys given must fit; `event_name` fits when any event has it. */
  readonly match?: {
    /** The dataset of the call. */
    readonly pixel_id?: string
    /** Equal, with case. */
    readonly event_name?: string
  }
  /** What happens to them; needed unless `preset` says it. */
  readonly action?: FaultAction
  /** In place of `action`. */
  readonly preset?: FaultPreset
  /** 0 to 1; default 1. */
  readonly probability?: number
  /** After so many it is over; default without end. */
  readonly times?: number
}

/** A rule as it stands, with what is left of it. */
export interface ActiveFault extends FaultRule {
  /** Its number, to take it away by. */
  readonly id: number
  /** How many calls it struck. */
  readonly hits: number
}

/** A fault that struck a call. */
export interface CallFault {
  /** The id of its rule. */
  readonly id: number
  /** What it does to a call. */
  readonly type: FaultAction['type']
  /** The preset it was made from. */
  readonly preset?: FaultPreset
}
