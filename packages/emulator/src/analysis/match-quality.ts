/**
 * How much one key of `user_data` is thought to help Meta find a person, 0 to 1. Ours: fitted to Meta's order of
 * priorities (high: em, fbc) and to a few scores seen in public; not Meta's numbers.
 * Source of the priorities: Meta, guide to server-side tagging, read 2026-09.
 */
export const MATCH_KEY_WEIGHTS = {
  em: 0.5,
  fbc: 0.4,
  ph: 0.38,
  fb_login_id: 0.35,
  external_id: 0.3,
  fbp: 0.28,
  client_ip_address: 0.22,
  db: 0.15,
  client_user_agent: 0.12,
  ln: 0.09,
  zp: 0.08,
  fn: 0.07,
  country: 0.06,
  st: 0.06,
  ct: 0.05,
  ge: 0.04,
  lead_id: 0.5,
  ctwa_clid: 0.5,
  madid: 0.45,
} as const

export type MatchKey = keyof typeof MATCH_KEY_WEIGHTS

/** Useless on a website, so never proposed. */
export const NOT_FOR_WEB: ReadonlySet<string> = new Set(['lead_id', 'ctwa_clid', 'madid'])

/** Few shops have Facebook Login: proposed only where some event carries it. */
export const WHERE_USED: ReadonlySet<string> = new Set(['fb_login_id'])

/** Meta's priorities, for advice. Source: as above. */
export const HIGH_KEYS: readonly MatchKey[] = ['em', 'fbc']
export const MEDIUM_KEYS: readonly MatchKey[] = [
  'ph',
  'external_id',
  'fbp',
  'fb_login_id',
  'db',
  'country',
  'st',
  'ge',
]

/** From this score up. As third parties give Meta's labels, read 2026-09. */
export const BANDS = [
  { from: 8, band: 'great' },
  { from: 6, band: 'good' },
  { from: 4, band: 'ok' },
  { from: 0, band: 'poor' },
] as const

/** Below this Events Manager asks for more keys. Source: Meta, Verifying Your Setup, read 2026-09. */
export const RECOMMENDED_SCORE = 6
