/** What an event can be recognised by, in Meta's order: the id wins, then external_id, then fbp. */
export type DedupKey = 'event_id' | 'external_id' | 'fbp'

/** A browser and a server event that Meta counts once. Events are named by their `id`. */
export interface Pair {
  readonly browser: number
  readonly server: number
  /** The one that counts. */
  readonly kept: number
  readonly key: DedupKey
  readonly pixel_id: string
  readonly event_name: string
  /** Second arrival after the first, milliseconds. */
  readonly delay_ms: number
  /** One sentence for a person. */
  readonly verdict: string
  readonly differences: readonly Difference[]
}

/** A field that the two halves do not share. The side that lacks it is absent. */
export interface Difference {
  /** For example `custom_data.value`. */
  readonly path: string
  readonly browser?: unknown
  readonly server?: unknown
}

export type NearMissReason =
  | 'event_name_case'
  | 'event_id_spaces'
  | 'event_id_case'
  | 'event_id_number'
  | 'event_id_missing'
  | 'pixel_id'
  | 'order_id'
  | 'fbp_and_value'
  | 'server_first'
  | 'too_late'

/** A browser and a server event that look like one and are counted twice. */
export interface NearMiss {
  readonly browser: number
  readonly server: number
  readonly reason: NearMissReason
  /** "Would have been counted once, but …" */
  readonly verdict: string
}

export interface PairsReport {
  readonly pairs: readonly Pair[]
  readonly near_misses: readonly NearMiss[]
}

export type Severity = 'high' | 'medium' | 'low'

/** A problem over all kept events: Meta's six fields, and where it is. */
export interface Diagnostic {
  readonly rule: string
  readonly severity: Severity
  readonly name: string
  readonly description: string
  readonly solution: string
  /** Affected of total, 0 to 100. */
  readonly percentage: number
  readonly affected_event_count: number
  readonly total_event_count: number
  /** Places in the payload, for example `user_data.fbc`; never a value. */
  readonly paths: readonly string[]
  /** Ids of up to five affected events. */
  readonly sample_event_ids: readonly number[]
}

/** How well events of one name can be matched and paired. All scores are estimates, not Meta's numbers. */
export interface EventQuality {
  readonly event_name: string
  readonly events: Readonly<Record<'server' | 'browser', number>>
  readonly match_quality_estimate: MatchQualityEstimate
  /** Browser events covered by a server event that shares a key. Null without browser events. */
  readonly event_coverage: { readonly percentage: number; readonly goal_percentage: number } | null
  readonly dedup_keys: readonly KeyUsage[]
  readonly freshness: Freshness
}

export interface MatchQualityEstimate {
  /** 0 to 10, one decimal. */
  readonly score: number
  readonly band: 'poor' | 'ok' | 'good' | 'great'
  /** By key of `user_data`, largest first. */
  readonly keys: readonly {
    readonly key: string
    /** Share of events that carry it, 0 to 100. */
    readonly coverage: number
    /** Share of those whose value is usable, 0 to 100. */
    readonly valid: number
    /** What it adds to the score. */
    readonly points: number
  }[]
  /** What one more key would add, largest first. */
  readonly next_best: readonly { readonly key: string; readonly points: number }[]
}

export interface KeyUsage {
  readonly key: DedupKey
  /** Share of events of each source that carry it, 0 to 100. */
  readonly browser: number
  readonly server: number
  /** Values seen from both sides, of the side with fewer, 0 to 100. */
  readonly overlap: number
}

export interface Freshness {
  readonly upload_frequency: 'real_time' | 'hourly' | 'daily' | 'weekly'
  readonly mean_delay_sec: number
  /** Counts by delay: under a minute, an hour, a day, a week, more. */
  readonly histogram: readonly [number, number, number, number, number]
}

/** What befalls a call, in place of the usual answer or before it. */
export type FaultAction =
  /** Meta's error, or a bare status without one. */
  | {
      readonly type: 'error'
      readonly status: number
      readonly code?: number
      readonly error_subcode?: number
      readonly is_transient?: boolean
      readonly headers?: Readonly<Record<string, string>>
    }
  /** A proxy's page. */
  | { readonly type: 'html'; readonly status: number }
  /** The usual answer, later; `spread` adds up to so much at random. */
  | { readonly type: 'latency'; readonly ms: number; readonly spread?: number }
  /** No answer at all. */
  | { readonly type: 'timeout' }
  /** The connection is reset before anything was taken. */
  | { readonly type: 'reset' }
  /** The events are taken, then the connection is cut: the caller cannot know. */
  | { readonly type: 'process_then_cut' }
  /** Headers, then a byte of the answer now and then. */
  | { readonly type: 'slow_loris'; readonly everyMs?: number }
  /** An answer cut in the middle of its JSON. */
  | { readonly type: 'malformed' }
  /** The usual answer with other headers: usage, Retry-After. */
  | { readonly type: 'headers'; readonly headers: Readonly<Record<string, string>> }
  /** Taken, but fewer counted than sent. */
  | { readonly type: 'received'; readonly events_received: number }

export type FaultPreset =
  | 'rate-limit'
  | 'token-expired'
  | 'permission'
  | 'unknown-dataset'
  | 'outage'
  | 'slow'
  | 'flaky'
  | 'near-limit'

export interface FaultRule {
  /** Default: every call to /events. All keys given must fit; `event_name` fits when any event has it. */
  readonly match?: { readonly pixel_id?: string; readonly event_name?: string }
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
  readonly id: number
  readonly hits: number
}
