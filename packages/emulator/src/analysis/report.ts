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
  /** What else they do not share. */
  readonly differences: readonly Difference[]
}

/** Which browser and server events count once, and which only just do not. */
export interface PairsReport {
  /** In order of the second one's arrival. */
  readonly pairs: readonly Pair[]
  /** Each counted twice, and how to fix it. */
  readonly near_misses: readonly NearMiss[]
}

/** `high`: events or money are lost. `medium`: matches are. `low`: worth knowing. */
export type Severity = (typeof SEVERITIES)[number]
export const SEVERITIES = ['high', 'medium', 'low'] as const

/** A problem over all kept events: Meta's six fields, and where it is. */
export interface Diagnostic {
  /** Its rule, and after a colon what it is about where a rule finds several: `coverage_low:Purchase`. */
  readonly id: string
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
  /** Affected of total, 0 to 100; above 0 whenever an event is affected. */
  readonly percentage: number
  /** Events that have it. */
  readonly affected_event_count: number
  /** Events that could have it: those of the same sides and names. */
  readonly total_event_count: number
  /** Places in the payload, for example `user_data.fbc`; never a value. */
  readonly paths: readonly string[]
  /** Ids of up to five affected events. */
  readonly sample_event_ids: readonly number[]
  /** Ids of all of them. */
  readonly affected_event_ids: readonly number[]
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
  /** Server events that Meta takes and uses less of, as they ask. */
  readonly restricted: {
    /** With Limited Data Use: `data_processing_options: ['LDU']`. */
    readonly limited_data_use: number
    /** With `opt_out`: used for attribution alone. */
    readonly opted_out: number
  }
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
