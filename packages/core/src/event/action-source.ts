/** Where the conversion happened. Source: Meta, Server Event Parameters, read 2026-09. */
export const ACTION_SOURCES = [
  'website',
  'app',
  'physical_store',
  'email',
  'phone_call',
  'chat',
  'business_messaging',
  'system_generated',
  'other',
] as const

export type ActionSource = (typeof ACTION_SOURCES)[number]
