import { type Capi, createCapi } from '@capi/core'
import {
  memoryIdentityStore,
  memoryOrderStore,
  type ShopifyOrder,
  type WebhookResult,
} from '@capi/shopify'
import { createApp } from './create-app.ts'
import { createShopify } from './create-shopify.ts'
import { type PlannedDelivery, plannedDay } from './day/deliveries.ts'
import { BROWSER } from './day/people.ts'
import { listen } from './listen.ts'
import { sendDelivery } from './send-delivery.ts'

const SHOP = 'kobalt.myshopify.com'
const SECRET = 'secret-of-the-played-app'

/** What became of one delivery. */
export interface Row {
  readonly what: string
  readonly topic: string
  readonly status: number
  readonly answer: string
  /** How many entries of the identity store it purged. */
  readonly purged?: number | undefined
  /** The event as the emulator captured it, where there is one. */
  readonly event?: CapturedLike | undefined
}

export interface Played {
  readonly rows: readonly Row[]
  readonly stats: Awaited<ReturnType<Capi['stats']>>
}

/** What is read of the emulator's list, `GET /__capi/events`. */
export interface CapturedLike {
  readonly event_name: string
  readonly event_id?: string
  readonly status: string
  readonly payload: {
    readonly action_source?: string
    readonly user_data?: Readonly<Record<string, unknown>>
    readonly custom_data?: { readonly value?: number; readonly currency?: string }
  }
}

/** Starts the app, plays the day against it over HTTP, and asks the emulator what came of it. */
export async function playDay(emulatorUrl: string): Promise<Played> {
  const capi = createCapi({ pixelId: '1234567890', accessToken: 'any-token', baseUrl: emulatorUrl })
  const orders = new Map<number, ShopifyOrder>()
  const results: WebhookResult[] = []
  const app = createApp({
    capi,
    shopify: createShopify(SECRET),
    identity: memoryIdentityStore(),
    orders: memoryOrderStore(),
    shop: SHOP,
    origins: ['https://kobalt.example'],
    findOrder: (id) => orders.get(id),
    onProcessed: (result) => results.push(result),
  })
  const server = await listen(app, 0)
  const { url } = server
  try {
    const played: (Row & { readonly event_id: string | undefined })[] = []
    for (const planned of plannedDay(SHOP)) {
      if ('visit' in planned) {
        await visit(url, planned.fields)
        continue
      }
      // Shopify asks for this days later: what waited is with Meta by then, and not erased.
      if (planned.topic === 'customers/redact') await capi.flush()
      remember(orders, planned)
      const answer = await sendDelivery({ url, shop: SHOP, secret: SECRET }, planned)
      const { what, topic } = planned
      const { kind, purged, event_id } = results.at(-1) ?? {}
      const ownId = kind === 'tracked' ? event_id : undefined
      played.push({ what, topic, ...answer, purged, event_id: ownId })
    }
    await capi.close()
    const captured = await capturedEvents(emulatorUrl)
    const eventOf = (id: string | undefined) =>
      id === undefined ? undefined : captured.findLast(({ event_id }) => event_id === id)
    const rows = played.map(({ event_id, ...row }) => ({ ...row, event: eventOf(event_id) }))
    return { rows, stats: await capi.stats() }
  } finally {
    await server.close()
  }
}

/** The shop's database, as far as this app needs one. */
function remember(orders: Map<number, ShopifyOrder>, { topic, payload }: PlannedDelivery): void {
  if (topic.startsWith('orders/')) orders.set(Number(payload['id']), payload)
}

/** As the Web Pixel does, out of a sandbox that has no origin. */
async function visit(url: string, fields: object): Promise<void> {
  await fetch(`${url}/capi/identity?shop=${SHOP}`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/plain', 'User-Agent': BROWSER, Origin: 'null' },
    body: JSON.stringify(fields),
  })
}

async function capturedEvents(emulatorUrl: string): Promise<readonly CapturedLike[]> {
  const response = await fetch(`${emulatorUrl}/__capi/events`)
  const body = (await response.json()) as
    | readonly CapturedLike[]
    | { events: readonly CapturedLike[] }
  return 'events' in body ? body.events : body
}
