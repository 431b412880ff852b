import {
  buildEvent,
  createFbp,
  type EventInput,
  type EventName,
  type StandardEventName,
} from '@capi/core'

/** Nobody: names and addresses reserved for examples (RFC 2606), a number reserved for fiction. */
const PERSON = {
  em: 'test@example.com',
  ph: '+1 202 555 0143',
  fn: 'Test',
  ln: 'Example',
  country: 'us',
  external_id: 'capi-smoke-test',
} as const
const SALE = { value: 1, currency: 'EUR' } as const
const AGENT = 'Mozilla/5.0 (capi smoke test)'

type Fields<Source extends EventInput['action_source']> = Omit<
  Extract<EventInput, { action_source: Source }>,
  'event_name' | 'custom_data'
>

const website = (nowMs: number): Fields<'website'> => ({
  action_source: 'website',
  event_source_url: 'https://example.com/',
  user_data: { ...PERSON, client_user_agent: AGENT, fbp: createFbp(nowMs, () => 0.5) },
})

const elsewhere = (
  action_source: Fields<
    'email' | 'phone_call' | 'chat' | 'system_generated' | 'other'
  >['action_source'],
): EventInput<'Lead'> => ({ event_name: 'Lead', action_source, user_data: PERSON })

/** One of each place an event can happen at, by the name it is printed under. */
const FAMILIES: Readonly<Record<string, (nowMs: number) => EventInput>> = {
  website: (nowMs) => ({ event_name: 'Purchase', ...website(nowMs), custom_data: SALE }),
  app: () => ({
    event_name: 'Purchase',
    action_source: 'app',
    app_data: {
      advertiser_tracking_enabled: true,
      application_tracking_enabled: true,
      extinfo: { version: 'a2', package_name: 'com.example.shop', os_version: '15' },
    },
    user_data: PERSON,
    custom_data: SALE,
  }),
  physical_store: (nowMs) => ({
    event_name: 'Purchase',
    action_source: 'physical_store',
    user_data: PERSON,
    custom_data: { ...SALE, order_id: `smoke-${nowMs}` },
  }),
  phone_call: () => elsewhere('phone_call'),
  chat: () => elsewhere('chat'),
  email: () => elsewhere('email'),
  system_generated: () => ({
    ...elsewhere('system_generated'),
    custom_data: { event_source: 'crm', lead_event_source: 'Smoke test' },
  }),
  other: () => elsewhere('other'),
  messenger: () => ({
    event_name: 'Purchase',
    action_source: 'business_messaging',
    messaging_channel: 'messenger',
    user_data: { page_id: '100000000000001', page_scoped_user_id: '200000000000001' },
    custom_data: SALE,
  }),
  whatsapp: () => ({
    event_name: 'Purchase',
    action_source: 'business_messaging',
    messaging_channel: 'whatsapp',
    user_data: { whatsapp_business_account_id: '300000000000001', ctwa_clid: 'smoke-test-click' },
    custom_data: SALE,
  }),
  instagram: () => ({
    event_name: 'Purchase',
    action_source: 'business_messaging',
    messaging_channel: 'instagram',
    user_data: { ig_account_id: '400000000000001', ig_sid: '500000000000001' },
    custom_data: SALE,
  }),
}

/** Complete: a new standard event does not compile until it is here. */
const STANDARD: Readonly<Record<StandardEventName, object>> = {
  AddPaymentInfo: {},
  AddToCart: { ...SALE, content_ids: ['smoke-1'], content_type: 'product' },
  AddToWishlist: { content_ids: ['smoke-1'], content_type: 'product' },
  CompleteRegistration: { status: true },
  Contact: {},
  CustomizeProduct: {},
  Donate: {},
  FindLocation: {},
  InitiateCheckout: { ...SALE, num_items: 1 },
  Lead: {},
  PageView: {},
  Purchase: { ...SALE, contents: [{ id: 'smoke-1', quantity: 1, item_price: 1 }] },
  Schedule: {},
  Search: { search_string: 'smoke test' },
  StartTrial: { ...SALE, predicted_ltv: 1 },
  SubmitApplication: {},
  Subscribe: { ...SALE, predicted_ltv: 1 },
  ViewContent: { content_ids: ['smoke-1'], content_type: 'product' },
}

export interface Sample {
  readonly name: string
  /** JSON of one event, as core sends it. */
  readonly body: string
}

/** @throws Error when core would not send it: the sample is wrong then. */
function sampleOf(name: string, input: EventInput<EventName>, nowMs: number): Sample {
  const event_id = `smoke.${nowMs}.${name.replaceAll(' ', '.')}`
  const { event, issues } = buildEvent({ event_id, ...input }, { nowMs: nowMs })
  if (event === undefined) {
    // biome-ignore lint/plugin: a fault of ours, for the samples are part of this program
    throw new Error(`${name}: ${issues.map(({ path, code }) => `${path} ${code}`).join(', ')}`)
  }
  return { name, body: JSON.stringify(event) }
}

/** One event of each family, then one of each standard event on a website. */
export function samples(nowMs: number): Sample[] {
  const families = Object.entries(FAMILIES).map(([name, make]) =>
    sampleOf(name, make(nowMs), nowMs),
  )
  const standard = Object.entries(STANDARD).map(([event_name, data]) => {
    const custom_data = { ...SALE, ...data }
    return sampleOf(`website ${event_name}`, { event_name, ...website(nowMs), custom_data }, nowMs)
  })
  return [...families, ...standard]
}
