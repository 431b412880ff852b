import { amount } from '../custom-data/amount.ts'
import { type Check, count, drop, objectOf, oneOf, text } from '../field/checks.ts'

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
  /** The ad you credit. */
  ad_id: string
  /** Unix seconds. */
  touchpoint_ts: number
  /** 0 to 1. */
  attribution_share: number
  /** The share times the value, in major units. */
  attribution_value: number
  /** The ad set it belongs to. In Meta's SDKs only, as all below: what is said of them there follows from their names. */
  adset_id?: string | undefined
  /** The campaign it belongs to. */
  campaign_id?: string | undefined
  /** Text without a documented meaning. */
  scope?: string | undefined
  /** Text without a documented meaning; by its name, who attributed. */
  attribution_source?: string | undefined
  /** Text without a documented meaning; by its name, what kind of contact with the ad. */
  touchpoint_type?: string | undefined
  /** An id of the contact with the ad. */
  touchpoint_id?: string | undefined
  /** Text without a documented meaning. */
  auditing_token?: string | undefined
  /** Text without a documented meaning. */
  linkage_key?: string | undefined
  /** The partner's id of the advertiser. */
  partner_client_id?: string | undefined
  /** Unix seconds. */
  visit_time?: number | undefined
  /** Days. */
  attr_window?: number | undefined
  /** A number without a documented meaning; by its name, the credit of all ads together. */
  total_credit?: number | undefined
  /** How credit is divided between touchpoints; a value not in this list costs the field. */
  attribution_model?: (typeof MODELS)[number] | undefined
  /** How the touchpoint was found; a value not in this list costs the field. */
  attribution_method?: (typeof METHODS)[number] | undefined
  /** Why the ad got no credit; a value not in this list costs the field. */
  decline_reason?: (typeof DECLINE_REASONS)[number] | undefined
  /** The time windows your attribution works with. */
  attribution_setting?:
    | {
        /** Hours. */
        readonly inactivity_window_hours?: number | undefined
        /** Hours. */
        readonly reattribution_window_hours?: number | undefined
      }
    | undefined
}

const share: Check = (value, parent, key, issues) =>
  typeof value === 'number' && value >= 0 && value <= 1
    ? value
    : drop('amount_invalid', parent, key, issues)

export const attributionData: Check = objectOf({
  ad_id: text,
  touchpoint_ts: count,
  attribution_share: share,
  attribution_value: amount,
  adset_id: text,
  campaign_id: text,
  scope: text,
  attribution_source: text,
  touchpoint_type: text,
  touchpoint_id: text,
  auditing_token: text,
  linkage_key: text,
  partner_client_id: text,
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
