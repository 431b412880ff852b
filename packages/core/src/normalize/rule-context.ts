/** Takes over the phone rule: gives digits with country code (a plus sign may stay), or undefined when it is no number. */
export type ParsePhone = (text: string, country: string | undefined) => string | undefined

/** What a field's rule may know beside its value. */
export interface RuleContext {
  /** Country of the event's person, alpha-2, lower-case, where it is known. */
  readonly country?: string | undefined
  /** Country of national phone numbers, alpha-2, lower-case. */
  readonly phoneCountry?: string | undefined
  readonly parsePhone?: ParsePhone | undefined
  /** Unix milliseconds: a date of birth lies before. */
  readonly now: number
}

/**
 * Gets trimmed NFC text that is not empty; gives the text to hash, or undefined (or '') when the
 * value cannot be what the field holds.
 */
export type Rule = (text: string, context: RuleContext) => string | undefined
