import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createCapi } from '../../src/index.ts'
import { app, app_data, build, extinfo, lead } from './samples.ts'

const HALF = '\ud83d'
/** What `slice` makes of a text with emojis, in every place. */
const torn = fc
  .tuple(fc.string({ unit: 'grapheme' }), fc.constantFrom(HALF, '\udc00'), fc.string())
  .map(([before, half, after]) => `Mug${before}${half}${after}`)

const website = (text: string) => ({
  ...lead,
  event_name: text,
  event_id: text,
  event_source_url: `https://s.example/${text}`,
  referrer_url: `https://s.example/?q=${text}`,
  user_data: {
    ...lead.user_data,
    client_user_agent: text,
    subscription_id: text,
    anon_id: text,
    madid: text,
    partner_id: text,
    partner_name: text,
    ctwa_clid: text,
  },
  custom_data: {
    content_name: text,
    content_category: text,
    content_type: text,
    search_string: text,
    status: text,
    order_id: text,
    item_number: text,
    event_source: text,
    lead_event_source: text,
    product_catalog_id: text,
    content_ids: [text],
    contents: [{ id: text, quantity: 1, title: text, deep: { [text]: [text] } }],
    store_data: { store_code: text },
    own: text,
    list: [text, { [text]: text }],
    [text]: 1,
  },
  original_event_data: { event_name: text, order_id: text, event_id: text },
  attribution_data: { ad_id: text, scope: text },
})
const mobile = (text: string) => ({
  ...app,
  app_data: {
    ...app_data,
    extinfo: { ...extinfo, package_name: text, carrier: text },
    campaign_ids: text,
    install_referrer: text,
    url_schemes: [text],
    vendor_id: text,
    app_user_id: text,
  },
})

it('is well-formed in every field, and none is lost for it', () => {
  fc.assert(
    fc.property(torn, (text) => {
      for (const input of [website(text), mobile(text)]) {
        const { event, found } = build(input)
        expect(event).toBeDefined()
        // A key of your own cannot be corrected: it would be another key.
        const lost = found.filter((one) => /:(?:wrong_type|not_normalizable|unknown)/.test(one))
        expect(lost.filter((one) => one !== 'custom_data.*:wrong_type')).toEqual([])
        expect(JSON.stringify(event)).not.toMatch(/(?<!\\)(?:\\\\)*\\ud[89a-f]/)
      }
    }),
    { numRuns: 300 },
  )
})

it('keeps the text around half an emoji, and whole emojis as they are', () => {
  const { event } = build({
    ...lead,
    custom_data: { content_name: `Mug 😀 ${HALF}`, own: '😀\\ud83d' },
  })
  expect(event?.custom_data).toEqual({ content_name: 'Mug 😀 \ufffd', own: '😀\\ud83d' })
})

it('gives the receipt the id that is sent', async () => {
  const bodies: string[] = []
  const client = createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    onIssue() {},
    fetch: async (_url, init) => {
      bodies.push(init?.body as string)
      return new Response('{"events_received":1}')
    },
  })
  const { event_id } = await client.track('Lead', undefined, {
    ...lead,
    action_source: 'website',
    event_id: `order ${HALF}`,
  } as never)
  await client.close()
  expect(event_id).toBe('order \ufffd')
  expect(bodies.join()).toContain(`"event_id":"${event_id}"`)
})
