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

const ACTION_SOURCES: ReadonlySet<unknown> = new Set<ActionSource>([
  'website',
  'app',
  'physical_store',
  'email',
  'phone_call',
  'chat',
  'business_messaging',
  'system_generated',
  'other',
])

export function isActionSource(value: unknown): value is ActionSource {
  return ACTION_SOURCES.has(value)
}

/** Where a conversation took place. Source: Meta, Business Messaging, read 2026-09. */
export type MessagingChannel = 'messenger' | 'whatsapp' | 'instagram'
