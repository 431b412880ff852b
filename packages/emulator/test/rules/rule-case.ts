export type Json = Record<string, unknown>

/** Each payload that breaks a rule, beside the nearest one that keeps it. */
export interface Case {
  readonly rule: string
  readonly subcode?: number
  readonly pairs: readonly (readonly [broken: Json, kept: Json])[]
}
