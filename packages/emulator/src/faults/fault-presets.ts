import type { FaultAction, FaultPreset } from './fault-rule.ts'

interface Preset {
  readonly action: FaultAction
  /** Where the rule gives none. */
  readonly probability?: number
}

const OUTAGE: FaultAction = { type: 'error', status: 503, code: 2, is_transient: true }

/**
 * Use in percent, as Meta states it in every answer once a limit comes near; `minutes` is how long
 * a caller is shut out. Source: Meta, Graph API > Rate Limiting, read 2026-09.
 */
function usage(percent: number, minutes: number): Readonly<Record<string, string>> {
  const counts = { call_count: percent, total_cputime: percent, total_time: percent }
  return {
    'x-app-usage': JSON.stringify(counts),
    'x-business-use-case-usage': JSON.stringify({
      // Any business id: the header is read by its values.
      '1000000000': [
        {
          type: 'ads_management',
          ...counts,
          estimated_time_to_regain_access: minutes,
          ads_api_access_tier: 'standard_access',
        },
      ],
    }),
  }
}

/**
 * Faults by the name people know them under.
 * Source: Meta, Graph API > Handle Errors, Rate Limiting, and Marketing API > Error Reference; Meta's
 * own timeout for this call is 1,500 ms (Using the API); all read 2026-09.
 */
export const FAULT_PRESETS: { readonly [Name in FaultPreset]: Preset } = {
  'rate-limit': {
    action: {
      type: 'error',
      status: 400,
      code: 80_004,
      error_subcode: 2_446_079,
      is_transient: true,
      headers: usage(100, 1),
    },
  },
  // Meta states no wait with these two, so the caller has to choose one.
  'user-limit': {
    action: { type: 'error', status: 400, code: 17, error_subcode: 2_446_079, is_transient: true },
  },
  'custom-limit': {
    action: { type: 'error', status: 400, code: 613, error_subcode: 1_487_742, is_transient: true },
  },
  'token-expired': { action: { type: 'error', status: 401, code: 190, error_subcode: 463 } },
  permission: { action: { type: 'error', status: 403, code: 200 } },
  'unknown-dataset': { action: { type: 'error', status: 400, code: 100, error_subcode: 33 } },
  blocked: { action: { type: 'error', status: 400, code: 368, is_transient: false } },
  outage: { action: OUTAGE },
  'bad-gateway': { action: { type: 'html', status: 502 } },
  slow: { action: { type: 'latency', ms: 1_600, spread: 400 } },
  flaky: { action: OUTAGE, probability: 0.1 },
  'near-limit': { action: { type: 'headers', headers: usage(95, 0) } },
}
