/** What is known of the failure. */
export interface Cause {
  /** For example `timeout`, `ECONNREFUSED`, `http_500`, `meta_190`, `meta_100_2804003`, `store_disk_full`. */
  readonly code: string
  /** HTTP status, where there was an answer. */
  readonly status?: number
  /** What Meta's support asks for. */
  readonly fbtrace_id?: string
}
