import {
  amount,
  type Check,
  count,
  drop,
  id,
  objectOf,
  oneOf,
  text,
} from '../custom-data/checks.ts'

const MODELS = [
  'customized_multi_touch',
  'first_touch',
  'last_click',
  'last_touch',
  'linear',
  'position_based',
  'time_decay',
  'unknown',
] as const
const METHODS = ['ard', 'deeplink', 'gpir', 'invalid_response', 'mir', 'srn'] as const
const DECLINE_REASONS = [
  'attribute_to_other_source',
  'out_of_lookback_window',
  'view_through_disabled',
  'within_inactive_window',
  'inactive',
  'fraud_detected',
  'unknown',
  'reinstall_attribution_disabled',
  'lookback',
  'not_pmod_match',
  'validation_rule_detected',
  'preload_install',
  'min_time_between_re_engagements',
  'duplicated',
  'pmod_disabled',
] as const

/**
 * What your attribution says of an event sent before, for `AppendAttribution` (beta, partners).
 * Source: Meta, Server Event Parameters, read 2026-09; fields after `attribution_value`: Meta's SDKs.
 */
export interface AttributionData {
  ad_id: string
  /** Unix seconds. */
  touchpoint_ts: number
  /** 0 to 1. */
  attribution_share: number
  /** The share times the value, in major units. */
  attribution_value: number
  adset_id?: string | undefined
  campaign_id?: string | undefined
  scope?: string | undefined
  attribution_source?: string | undefined
  touchpoint_type?: string | undefined
  touchpoint_id?: string | undefined
  auditing_token?: string | undefined
  linkage_key?: string | undefined
  partner_client_id?: string | undefined
  /** Unix seconds. */
  visit_time?: number | undefined
  /** Days. */
  attr_window?: number | undefined
  total_credit?: number | undefined
  attribution_model?: (typeof MODELS)[number] | undefined
  attribution_method?: (typeof METHODS)[number] | undefined
  decline_reason?: (typeof DECLINE_REASONS)[number] | undefined
  attribution_setting?:
    | {
        readonly inactivity_window_hours?: number | undefined
        readonly reattribution_window_hours?: number | undefined
      }
    | undefined
}

const share: Check = (value, parent, key, issues) =>
  typeof value === 'number' && value >= 0 && value <= 1
    ? value
    : drop('amount_invalid', parent, key, issues)

export const attributionData: Check = objectOf({
  ad_id: id,
  touchpoint_ts: count,
  attribution_share: share,
  attribution_value: amount,
  adset_id: id,
  campaign_id: id,
  scope: text,
  attribution_source: text,
  touchpoint_type: text,
  touchpoint_id: id,
  auditing_token: text,
  linkage_key: text,
  partner_client_id: id,
  visit_time: count,
  attr_window: count,
  total_credit: amount,
  attribution_model: oneOf(MODELS),
  attribution_method: oneOf(METHODS),
  decline_reason: oneOf(DECLINE_REASONS),
  attribution_setting: objectOf({
    inactivity_window_hours: count,
    reattribution_window_hours: count,
  }),
})
