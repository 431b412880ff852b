/** What an event can be recognised by, in Meta's order: the id wins, then external_id, then fbp. */
export type DedupKey = 'event_id' | 'external_id' | 'fbp'

/** A browser and a server event that Meta counts once. Events are named by their `id`. */
export interface Pair {
  /** The browser's event. */
  readonly browser: number
  /** The server's event. */
  readonly server: number
  /** The one that counts. */
  readonly kept: number
  /** What both share. */
  readonly key: DedupKey
  /** The dataset both went to. */
  readonly pixel_id: string
  /** The name both bear. */
  readonly event_name: string
  /** Second arrival after the first, milliseconds. */
  readonly delay_ms: number
  /** One sentence for a person. */
  readonly verdict: string
  /** Where they do not say the same; Meta keeps one and forgets the other's. */
  readonly differences: readonly Difference[]
}

/** A field that the two halves do not share. The side that lacks it is absent. */
export interface Difference {
  /** For example `custom_data.value`. */
  readonly path: string
  /** The browser's value. */
  readonly browser?: unknown
  /** The server's value. */
  readonly server?: unknown
}

/**
 * What kept two events from being one: another spelling of the name or the id, an id that is missing, a number
 * or of another dataset, the same order or visitor and value under two ids, the server first by `fbp` alone, or
 * 48 hours and more between them.
 */
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
  /** The browser's event. */
  readonly browser: number
  /** The server's event. */
  readonly server: number
  /** Why. */
  readonly reason: NearMissReason
  /** "Would have been counted once, but …" */
  readonly verdict: string
}

/** Which browser and server events count once, and which only just do not. */
export interface PairsReport {
  /** In order of the second one's arrival. */
  readonly pairs: readonly Pair[]
  /** Each counted twice, and how to mend it. */
  readonly near_misses: readonly NearMiss[]
}

/** `high`: events or money are lost. `medium`: matches are. `low`: worth knowing. */
export type Severity = 'high' | 'medium' | 'low'

/** A problem over all kept events: Meta's six fields, and where it is. */
export interface Diagnostic {
  /** Stable name of the rule; branch on this. */
  readonly rule: string
  /** How grave it is. */
  readonly severity: Severity
  /** A heading. */
  readonly name: string
  /** What is wrong, in a sentence or two. */
  readonly description: string
  /** What to do about it. */
  readonly solution: string
  /** Affected of total, 0 to 100. */
  readonly percentage: number
  /** Events that have it. */
  readonly affected_event_count: number
  /** Events that could have it. */
  readonly total_event_count: number
  /** Places in the payload, for example `user_data.fbc`; never a value. */
  readonly paths: readonly string[]
  /** Ids of up to five affected events. */
  readonly sample_event_ids: readonly number[]
}

/** How well events of one name can be matched and paired. All scores are estimates, not Meta's numbers. */
export interface EventQuality {
  /** The name these figures are of. */
  readonly event_name: string
  /** How many came from each side. */
  readonly events: Readonly<Record<'server' | 'browser', number>>
  /** How well server events can be matched to people. */
  readonly match_quality_estimate: MatchQualityEstimate
  /** Browser events covered by a server event that shares a key. Null without browser events. */
  readonly event_coverage: {
    /** 0 to 100. */
    readonly percentage: number
    /** What Meta recommends. */
    readonly goal_percentage: number
  } | null
  /** By what events of both sides can be recognised as one. */
  readonly dedup_keys: readonly KeyUsage[]
  /** How soon after they happened they arrived. */
  readonly freshness: Freshness
}

/** An estimate in the manner of Meta's match quality. Not Meta's number. */
export interface MatchQualityEstimate {
  /** 0 to 10, one decimal. */
  readonly score: number
  /** The score in a word. */
  readonly band: 'poor' | 'ok' | 'good' | 'great'
  /** By key of `user_data`, largest first. */
  readonly keys: readonly {
    /** The key of `user_data`. */
    readonly key: string
    /** Share of events that carry it, 0 to 100. */
    readonly coverage: number
    /** Share of those whose value is usable, 0 to 100. */
    readonly valid: number
    /** What it adds to the score. */
    readonly points: number
  }[]
  /** What one more key would add, largest first. */
  readonly next_best: readonly {
    /** The key of `user_data`. */
    readonly key: string
    /** What it would add to the score. */
    readonly points: number
  }[]
}

/** How far one key serves to recognise an event's two halves. */
export interface KeyUsage {
  /** The key. */
  readonly key: DedupKey
  /** Share of events of each source that carry it, 0 to 100. */
  readonly browser: number
  /** The same of the server's events. */
  readonly server: number
  /** Values seen from both sides, of the side with fewer, 0 to 100. */
  readonly overlap: number
}

/** How soon events arrive after they happened. */
export interface Freshness {
  /** The rhythm, judged by the delays. */
  readonly upload_frequency: 'real_time' | 'hourly' | 'daily' | 'weekly'
  /** Seconds. */
  readonly mean_delay_sec: number
  /** Counts by delay: under a minute, an hour, a day, a week, more. */
  readonly histogram: readonly [number, number, number, number, number]
}

/** What befalls a call, in place of the usual answer or before it. */
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
  /** What befalls them; needed unless `preset` says it. */
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
