import { APP_RULES } from './app-rules.ts'
import { ATTRIBUTION_RULES } from './attribution-rules.ts'
import { CUSTOM_DATA_RULES } from './custom-data-rules.ts'
import { CUSTOMER_RULES } from './customer-rules.ts'
import { EVENT_KEY_RULES } from './event-key-rules.ts'
import { MESSAGING_RULES } from './messaging-rules.ts'
import type { EventRule } from './rule.ts'

/**
 * Checks of each event, in order; the first failure of the first bad event refuses the batch.
 * An event that was both too old and too thin was seen refused for its age (live, 2026-09); the
 * rest of the order is ours.
 * No public page lists the subcodes: they come from refusals in public issues, read 2026-09. A
 * rule without one stands in the documents, its refusal was not seen.
 */
export const EVENT_RULES: readonly EventRule[] = [
  ...EVENT_KEY_RULES,
  ...CUSTOM_DATA_RULES,
  ...APP_RULES,
  ...MESSAGING_RULES,
  ...ATTRIBUTION_RULES,
  ...CUSTOMER_RULES,
]
