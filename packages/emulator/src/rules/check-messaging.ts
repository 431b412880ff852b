import {
  type EventRule,
  type Fault,
  type Fields,
  firstMissing,
  isMissing,
  partOf,
  pathTo,
  type RuleContext,
  requiredFault,
} from './rule.ts'

type Channel = 'messenger' | 'whatsapp' | 'instagram'

const CHANNELS: ReadonlySet<unknown> = new Set<Channel>(['messenger', 'whatsapp', 'instagram'])

/** A closed list. Source: Meta, Conversions API for Business Messaging, read 2026-09. */
const EVENT_NAMES: ReadonlySet<unknown> = new Set([
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

/** What only a browser has. Source: refusals 2804064 and the Stape template, read 2026-09. */
const BROWSER_KEYS = ['client_ip_address', 'client_user_agent', 'fbc', 'fbp']

export function checkChannel(event: Fields, { index }: RuleContext): Fault | undefined {
  if (!isMessaging(event)) return undefined
  const path = pathTo(index, 'messaging_channel')
  const channel = event['messaging_channel']
  if (isMissing(channel)) return requiredFault(path)
  return CHANNELS.has(channel)
    ? undefined
    : { detail: `The parameter ${path} is none of the known channels.`, path }
}

export function checkMessagingName(event: Fields, { index }: RuleContext): Fault | undefined {
  if (!isMessaging(event) || EVENT_NAMES.has(event['event_name'])) return undefined
  const path = pathTo(index, 'event_name')
  return { detail: `The parameter ${path} is no event of a conversation.`, path }
}

export function checkNotForMessaging(event: Fields, { index }: RuleContext): Fault | undefined {
  if (!isMessaging(event)) return undefined
  const userData = partOf(event, 'user_data')
  const key = BROWSER_KEYS.find((name) => !isMissing(userData[name]))
  const path =
    key === undefined ? pathTo(index, 'event_source_url') : pathTo(index, 'user_data', key)
  if (key === undefined && isMissing(event['event_source_url'])) return undefined
  return { detail: `The parameter ${path} is not allowed in a conversation.`, path }
}

/** @param keys of `user_data` by channel, of which one must be there; the first is asked for */
export function idNeeded(
  keys: Readonly<Partial<Record<Channel, readonly [string, ...string[]]>>>,
): EventRule['check'] {
  return (event, { index }) => {
    if (!isMessaging(event)) return undefined
    const needed = Object.entries(keys).find(([channel]) => channel === event['messaging_channel'])
    if (needed === undefined) return undefined
    const [, [first, ...others]] = needed
    const userData = partOf(event, 'user_data')
    return [first, ...others].every((key) => isMissing(userData[key]))
      ? requiredFault(pathTo(index, 'user_data', first))
      : undefined
  }
}

export function checkOrderCurrency(event: Fields, context: RuleContext): Fault | undefined {
  if (!isMessaging(event) || event['event_name'] !== 'OrderCreated') return undefined
  return firstMissing(event, context, ['custom_data', 'currency'])
}

function isMessaging(event: Fields): boolean {
  return event['action_source'] === 'business_messaging'
}
