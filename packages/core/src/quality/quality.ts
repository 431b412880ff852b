/** A score of Meta's, and Meta's words on it. */
export interface ScoredPart {
  /** Up to 10. */
  readonly score?: number
  /** What Meta says would raise it. */
  readonly recommendation?: string
}

/** What Meta says of the web events of one name. Percentages lie between 0 and 100. What Meta did not answer is absent. */
export interface WebQuality {
  /** As it was sent. */
  readonly event_name: string
  /** Event match quality, up to 10. Absent while Meta has too few events, as in the first day or two. */
  readonly score?: number
  /** Which keys events carry. */
  readonly match_keys: readonly {
    /** Meta spells keys out: `email`, `ip_address`. */
    readonly identifier: string
    /** Share of events that carry the key. */
    readonly coverage?: number
    /** By how much conversions reported could grow, in percent, by Meta's own estimate. */
    readonly acr_increase?: number
  }[]
  /** What Meta found wrong, in Meta's words. */
  readonly diagnostics: readonly {
    /** As Events Manager shows it. */
    readonly name: string
    /** What is wrong. */
    readonly description?: string
    /** What to do. */
    readonly solution?: string
    /** Share of events it touches. */
    readonly percentage?: number
    /** How many events it touches. */
    readonly affected?: number
    /** Of how many. */
    readonly total?: number
  }[]
  /** Of the Pixel's events, those that the server sent too, over seven days. */
  readonly coverage?: {
    /** Their share. */
    readonly percentage?: number
    /** What Meta asks for: 75. */
    readonly goal?: number
  }
  /** How often each key of deduplication is set. */
  readonly dedupe_keys: readonly {
    /** Meta's name of the key. */
    readonly key: 'event_id' | 'external_id' | 'fbp' | (string & {})
    /** Share of the Pixel's events that carry it. */
    readonly browser?: number
    /** Share of the server's events that carry it. */
    readonly server?: number
    /** What the key adds to the coverage by the keys before it. */
    readonly overlap?: number
  }[]
  /** How soon events arrive. */
  readonly freshness?: 'real_time' | 'hourly' | 'daily' | 'weekly' | (string & {})
  /** Additional conversions reported through the Conversions API, in percent. */
  readonly acr?: number
}

/** What Meta says of the offline events of one name, over 28 days. A beta of Meta's: empty for most datasets. */
export interface OfflineQuality {
  /** As it was sent. */
  readonly event_name: string
  /** All of it in one score; 8.5 and more allows omnichannel ads. */
  readonly composite?: ScoredPart
  /** How well events can be matched. */
  readonly match_key?: ScoredPart & {
    /** Shares of events that carry the key. */
    readonly coverage?: {
      /** `em`. */
      readonly email?: number
      /** `ph`. */
      readonly phone?: number
    }
  }
  /** How often events are sent. */
  readonly frequency?: ScoredPart
  /** How soon events are sent. */
  readonly freshness?: ScoredPart
}

/** Meta's own numbers on a dataset. */
export interface Quality {
  /** By event name. */
  readonly web: readonly WebQuality[]
  /** By event name. */
  readonly offline: readonly OfflineQuality[]
  /** Fields that this dataset or this version of Graph does not answer; they were left out. Mostly none. */
  readonly missing: readonly string[]
  /** When it was read, milliseconds since 1970. */
  readonly readAtMs: number
}
