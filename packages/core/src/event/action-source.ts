/** Where the conversion happened. Source: Meta, Server Event Parameters, read 2026-09. */
export type ActionSource =
  | 'website'
  | 'app'
  | 'physical_store'
  | 'email'
  | 'phone_call'
  | 'chat'
  | 'business_messaging'
  | 'system_generated'
  | 'other'

/**
 * All of them.
 * @internal
 */
export const ACTION_SOURCES: readonly ActionSource[] = [
  'website',
  'app',
  'physical_store',
  'email',
  'phone_call',
  'chat',
  'business_messaging',
  'system_generated',
  'other',
]

const KNOWN: ReadonlySet<unknown> = new Set(ACTION_SOURCES)

export function isActionSource(value: unknown): value is ActionSource {
  return KNOWN.has(value)
}

/** Where a conversation took place. Source: Meta, Business Messaging, read 2026-09. */
export type MessagingChannel = 'messenger' | 'whatsapp' | 'instagram'
