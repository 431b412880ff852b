import {
  checkChannel,
  checkMessagingName,
  checkNotForMessaging,
  checkOrderCurrency,
  idNeeded,
} from './check-messaging.ts'
import { type EventRule, INVALID } from './rule.ts'

/**
 * What an event of action_source business_messaging must have, and must not.
 * Source: Meta, Conversions API for Business Messaging, and refusals in public issues, read 2026-09.
 */
export const MESSAGING_RULES: readonly EventRule[] = [
  {
    id: 'messaging_channel_missing',
    ...INVALID,
    subcode: 2804063,
    title: 'No messaging channel',
    fix: 'Set messaging_channel to messenger, whatsapp or instagram.',
    check: checkChannel,
  },
  {
    id: 'messaging_event_name',
    ...INVALID,
    subcode: 2804066,
    title: 'Event name not for messaging',
    fix: 'Use a name of the closed list: Purchase, LeadSubmitted (not Lead), InitiateCheckout, AddToCart, ViewContent, CartAbandoned, QualifiedLead, Order…, RatingProvided or ReviewProvided.',
    check: checkMessagingName,
  },
  {
    id: 'messaging_key_refused',
    ...INVALID,
    subcode: 2804064,
    title: 'Key not for messaging',
    fix: 'Leave out client_ip_address, client_user_agent, fbc, fbp and event_source_url, or send the event as website.',
    check: checkNotForMessaging,
  },
  {
    id: 'messaging_page_missing',
    ...INVALID,
    subcode: 2804069,
    title: 'No page',
    fix: 'Set user_data.page_id to the page that the conversation is with.',
    check: idNeeded({ messenger: ['page_id'] }),
  },
  {
    id: 'messaging_account_missing',
    ...INVALID,
    subcode: 2804116,
    title: 'No page or WhatsApp account',
    fix: 'Set user_data.whatsapp_business_account_id, or user_data.page_id.',
    check: idNeeded({ whatsapp: ['whatsapp_business_account_id', 'page_id'] }),
  },
  {
    id: 'messaging_user_missing',
    ...INVALID,
    title: 'No person in the conversation',
    fix: 'Set user_data.page_scoped_user_id to the id from the webhook.',
    check: idNeeded({ messenger: ['page_scoped_user_id'] }),
  },
  {
    id: 'messaging_click_missing',
    ...INVALID,
    subcode: 2804071,
    title: 'No click to WhatsApp',
    fix: 'Set user_data.ctwa_clid to the click id from the webhook’s referral.',
    check: idNeeded({ whatsapp: ['ctwa_clid'] }),
  },
  {
    id: 'instagram_user_missing',
    ...INVALID,
    subcode: 2804075,
    title: 'No Instagram user',
    fix: 'Set user_data.ig_sid to the Instagram-scoped id of the person.',
    check: idNeeded({ instagram: ['ig_sid'] }),
  },
  {
    id: 'instagram_account_missing',
    ...INVALID,
    subcode: 2804079,
    title: 'No Instagram account',
    fix: 'Set user_data.ig_account_id; the name instagram_business_account_id is not read.',
    check: idNeeded({ instagram: ['ig_account_id'] }),
  },
  {
    id: 'order_currency_missing',
    ...INVALID,
    subcode: 2804081,
    title: 'OrderCreated without a currency',
    fix: 'Set custom_data.currency to a three-letter code such as EUR.',
    check: checkOrderCurrency,
  },
]
