// The emulator answers as Meta does where Meta's own SDK understands it. It stands here because the SDK weighs 33 MB, which
// the emulator's own folder, and so the shop, would install.
import { createRequire } from 'node:module'
import { startEmulator } from '@capi/emulator'
import { afterAll, beforeEach, expect, it } from 'vitest'

const TOKEN = 'EAAB-secret-of-the-shop-wxyz'

/** Its types do not say what it really takes and gives. */
type Fluent = { [method: string]: (value?: unknown) => Fluent }
interface BusinessSdk {
  readonly FacebookAdsApi: object
  readonly EventRequest: new (
    token: string,
    pixel: string,
  ) => Fluent & {
    execute(): Promise<Record<string, unknown>>
  }
  readonly [name: string]: unknown
}

const sdk = createRequire(import.meta.url)('facebook-nodejs-business-sdk') as BusinessSdk
const emulator = await startEmulator({ port: 0 })
afterAll(emulator.close)
beforeEach(() => emulator.clear())

// The only thing changed about the SDK: the host it calls.
Object.defineProperty(sdk.FacebookAdsApi, 'GRAPH', { get: () => emulator.url })

/** Calls the setters of one of its classes, as its README does. */
function make(name: string, setters: Record<string, unknown>): Fluent {
  const Class = sdk[name] as new () => Fluent
  const made = new Class()
  for (const [setter, value] of Object.entries(setters)) made[setter]?.(value)
  return made
}

const event = (setters: Record<string, unknown>) =>
  make('ServerEvent', {
    setEventTime: Math.floor(Date.now() / 1000),
    setUserData: make('UserData', { setEmail: 'jane@example.com', setClientUserAgent: 'UA/1' }),
    ...setters,
  })

function send(one: Fluent) {
  const request = new sdk.EventRequest(TOKEN, '42')
  request['setEvents']?.([one])
  return request.execute()
}

/** What the SDK throws: Meta's error, as it read it. */
async function refusalOf(sending: Promise<unknown>) {
  const { status, response } = (await sending.catch((error: unknown) => error)) as {
    status: number
    response: Record<string, unknown>
  }
  return { status, ...response }
}

const purchase = (custom: Record<string, unknown>) =>
  event({
    setEventName: 'Purchase',
    setActionSource: 'website',
    setEventSourceUrl: 'https://shop.example/thanks',
    setEventId: 'order-1',
    setCustomData: make('CustomData', custom),
  })

const device = make('ExtendedDeviceInfo', {
  setExtInfoVersion: 'i2',
  setOsVersion: '13.4.1',
})
const appData = make('AppData', { setAdvertiserTrackingEnabled: true, setExtinfo: device })
const appEvent = (setters: Record<string, unknown>) =>
  event({ setEventName: 'AddToCart', setActionSource: 'app', setAppData: appData, ...setters })

it('takes a Purchase of Meta’s SDK, and hands it an answer it understands', async () => {
  const contents = [make('Content', { setId: 'sku-1', setQuantity: 1, setItemPrice: 49.9 })]
  const answer = await send(purchase({ setValue: 49.9, setCurrency: 'EUR', setContents: contents }))
  expect(answer).toMatchObject({ _events_received: 1, _messages: [] })
  expect(emulator.events()).toMatchObject([
    {
      status: 'processed',
      event_id: 'order-1',
      token: '…wxyz',
      payload: { custom_data: { value: 49.9, contents: [{ id: 'sku-1' }] } },
    },
  ])
})

it('refuses its Purchase without a value, with 2804009', async () => {
  expect(await refusalOf(send(purchase({ setCurrency: 'EUR' })))).toMatchObject({
    status: 400,
    code: 100,
    error_subcode: 2804009,
  })
})

it('refuses the tracking flag that it writes beside app_data, with 2804019', async () => {
  expect(await refusalOf(send(appEvent({ setAdvertiserTrackingEnabled: true })))).toMatchObject({
    code: 100,
    error_subcode: 2804019,
    error_user_msg: expect.stringContaining('"advertiser_tracking_enabled"'),
  })
})

it('refuses its extinfo, an object where Meta documents a list, with 2804043', async () => {
  expect(await refusalOf(send(appEvent({})))).toMatchObject({
    code: 100,
    error_subcode: 2804043,
    error_data: { blame_field_specs: [["$['data'][0]['app_data']['extinfo']"]] },
  })
})

it('takes its app event once extinfo is the list', async () => {
  Object.defineProperty(device, 'normalize', {
    value: () => ['i2', '', '', '', '13.4.1', ...Array.from({ length: 11 }, () => '')],
  })
  expect(await send(appEvent({}))).toMatchObject({ _events_received: 1 })
})
