import { type Issue, issue } from '../issue/issue.ts'
import type { IssueCode } from '../issue/issue-catalog.ts'
import type { ServerEvent } from './server-event.ts'

/** An event under construction, as the rules of its channel see it. */
export type Draft = { -readonly [K in keyof ServerEvent]?: ServerEvent[K] | undefined } & {
  readonly user_data: Record<string, unknown>
}

/** What an event of one `action_source` must have, and must not. */
type ChannelRule = (event: Draft, issues: Issue[]) => void

/** Source: Meta, Conversions API Best Practices and Business Messaging, read 2026-09. */
export const CHANNEL_RULES: { readonly [source: string]: ChannelRule | undefined } = {
  website(event, issues) {
    const { event_source_url, user_data } = event
    const path = 'user_data.client_user_agent'
    need(event_source_url, 'event_source_url_missing', 'event_source_url', issues)
    need(user_data['client_user_agent'], 'user_agent_missing', path, issues)
  },
  app(event, issues) {
    const { advertiser_tracking_enabled: tracking, extinfo } = event.app_data ?? {}
    if (event.app_data === undefined) issues.push(issue('app_data_missing', 'app_data'))
    else if (tracking !== undefined) need(extinfo, 'extinfo_missing', 'app_data.extinfo', issues)
    else issues.push(issue('advertiser_tracking_missing', 'app_data.advertiser_tracking_enabled'))
  },
  physical_store(event, issues) {
    if (event.custom_data?.['value'] === undefined || event.custom_data['currency'] === undefined) {
      issues.push(issue('store_value_missing', 'custom_data'))
    }
  },
  business_messaging(event, issues) {
    const channel = event.messaging_channel
    if (channel === undefined) issues.push(issue('messaging_channel_missing', 'messaging_channel'))
    else if (!hasIds(event.user_data, channel))
      issues.push(issue('messaging_ids_missing', 'user_data'))
    if (!MESSAGING_EVENTS.has(event.event_name ?? ''))
      issues.push(issue('event_name_not_for_messaging', 'event_name'))
    for (const key of BROWSER_ONLY) {
      if (event.user_data[key] === undefined) continue
      delete event.user_data[key]
      issues.push(issue('not_for_messaging', `user_data.${key}`))
    }
    for (const key of ['event_source_url', 'referrer_url'] as const) {
      if (event[key] === undefined) continue
      event[key] = undefined
      issues.push(issue('not_for_messaging', key))
    }
    // 100/2804081
    if (event.event_name === 'OrderCreated') {
      need(event.custom_data?.['currency'], 'currency_missing', 'custom_data.currency', issues)
    }
  },
}

/** A closed list: `Lead` is `LeadSubmitted` here (100/2804066). Source: Meta, Business Messaging, read 2026-09. */
const MESSAGING_EVENTS: ReadonlySet<string> = new Set([
  'Purchase',
  'LeadSubmitted',
  'InitiateCheckout',
  'AddToCart',
  'ViewContent',
  'OrderCreated',
  'OrderShipped',
  'OrderDelivered',
  'OrderCanceled',
  'OrderReturned',
  'CartAbandoned',
  'QualifiedLead',
  'RatingProvided',
  'ReviewProvided',
])

/** Refused with messaging events (100/2804064). */
const BROWSER_ONLY = ['client_ip_address', 'client_user_agent', 'fbc', 'fbp'] as const

/** The ids of each channel: one of each group. Source: Meta, Business Messaging, read 2026-09. */
const CHANNEL_IDS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  messenger: [['page_id'], ['page_scoped_user_id']],
  whatsapp: [['whatsapp_business_account_id', 'page_id'], ['ctwa_clid']],
  instagram: [['ig_account_id'], ['ig_sid']],
}

export const MESSAGING_CHANNELS = Object.keys(CHANNEL_IDS)

function hasIds(userData: Readonly<Record<string, unknown>>, channel: string): boolean {
  const groups = CHANNEL_IDS[channel] ?? []
  return groups.every((keys) => keys.some((key) => userData[key] !== undefined))
}

/**
 * Meta requires both of CRM events: those with a `lead_id`, and those of a program that say one of them.
 * Source: Meta, Conversion Leads Integration, read 2026-11.
 */
export function checkCrm(event: Draft, issues: Issue[]): void {
  const { event_source, lead_event_source } = event.custom_data ?? {}
  const isSystem = event.action_source === 'system_generated'
  const isCrm = isSystem && (event_source === 'crm' || lead_event_source !== undefined)
  if (!isCrm && event.user_data['lead_id'] === undefined) return
  if (event_source !== 'crm') issues.push(issue('crm_source_missing', 'custom_data.event_source'))
  need(lead_event_source, 'crm_source_missing', 'custom_data.lead_event_source', issues)
}

/** What events of this name need, whatever their channel. Source: Meta, Pixel Reference and Append Attribution, read 2026-09. */
export function checkNeeds(event: Draft, issues: Issue[]): void {
  if (event.event_name === 'Purchase') {
    need(event.custom_data?.['value'], 'value_missing', 'custom_data.value', issues)
    need(event.custom_data?.['currency'], 'currency_missing', 'custom_data.currency', issues)
  } else if (event.event_name === 'AppendAttribution') {
    const { event_name, event_time } = event.original_event_data ?? {}
    need(event_name, 'original_event_missing', 'original_event_data.event_name', issues)
    need(event_time, 'original_event_missing', 'original_event_data.event_time', issues)
    for (const key of ['ad_id', 'touchpoint_ts', 'attribution_share', 'attribution_value']) {
      need(event.attribution_data?.[key], 'attribution_missing', `attribution_data.${key}`, issues)
    }
    need(event.custom_data?.['currency'], 'currency_missing', 'custom_data.currency', issues)
  } else if (
    event.custom_data?.['value'] !== undefined &&
    event.custom_data['currency'] === undefined
  ) {
    // Meta was seen to refuse the whole request for it (100/2804023, read 2026-11), and a value alone says nothing.
    const { value: _worthless, ...rest } = event.custom_data
    event.custom_data = rest
    issues.push(issue('value_without_currency', 'custom_data.currency'))
  }
}

/** Not a table of names to look up: that took 7 % of building an event. */
function need(value: unknown, code: IssueCode, path: string, issues: Issue[]): void {
  if (value === undefined) issues.push(issue(code, path))
}
