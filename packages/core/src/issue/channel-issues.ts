import { dropped, error, warning } from './issue-rule.ts'

/** Issues of what an `action_source` asks for: apps, conversations, CRMs, limits on the use of data, corrections. */
export const CHANNEL_ISSUES = {
  app_data_missing: error(
    'An app event needs app_data.',
    'Pass app_data with advertiser_tracking_enabled and extinfo.',
  ),
  advertiser_tracking_missing: error(
    'An app event needs to say whether the person allows tracking.',
    'Pass app_data.advertiser_tracking_enabled as true or false.',
    '100',
  ),
  extinfo_missing: error(
    'An app event needs extinfo with version and os_version.',
    "Pass app_data.extinfo with version 'a2' or 'i2' and the version of the system.",
    '100/2804043',
  ),
  extinfo_invalid: dropped(
    "extinfo needs version 'a2' or 'i2' and os_version",
    'Pass an object with the names of the slots.',
    '100/2804043',
  ),
  messaging_channel_missing: error(
    'A business_messaging event needs messaging_channel.',
    "Pass 'messenger', 'whatsapp' or 'instagram'.",
    '100/2804063',
  ),
  messaging_ids_missing: error(
    'The ids of the conversation are missing.',
    'messenger: page_id and page_scoped_user_id; whatsapp: whatsapp_business_account_id or page_id, and ctwa_clid; instagram: ig_account_id and ig_sid.',
    '100/2804075, 2804079, 2804116',
  ),
  event_name_not_for_messaging: error(
    'Meta takes only its own list of event names in conversations.',
    'Use Purchase, LeadSubmitted, InitiateCheckout, AddToCart, ViewContent, CartAbandoned, QualifiedLead, an Order… or a Rating… event.',
    '100/2804066',
  ),
  not_for_messaging: dropped(
    'Meta refuses this field in conversations',
    'Remove it, or send the event as website.',
    '100/2804064',
  ),
  data_processing_invalid: warning(
    'The data processing options are incomplete or unreadable; the event was sent as LDU.',
    "Pass ['LDU'] with country 0 or 1 and a state, or [].",
    '100/2804030',
  ),
  wish_unreadable: warning(
    'The wish cannot be read; the stricter one was sent.',
    'Pass true or false.',
  ),
  original_time_invalid: dropped(
    'The time of the original event cannot be read, or is in milliseconds',
    'Pass Unix seconds, a Date or ISO 8601 text.',
  ),
  original_event_missing: error(
    'AppendAttribution needs the name and the time of the event it adds to.',
    'Pass original_event_data.event_name and event_time.',
  ),
  attribution_missing: error(
    'AppendAttribution needs attribution_data.',
    'Pass ad_id, touchpoint_ts, attribution_share and attribution_value.',
  ),
  crm_source_missing: warning(
    'Meta requires this of CRM events.',
    "Pass event_source: 'crm' and your CRM's name as lead_event_source.",
  ),
  customer_information_missing: error(
    'user_data has too little to match a person.',
    'Add at least one of em, ph, external_id, fbc, fbp or client_ip_address.',
    '100/2804050',
  ),
}
