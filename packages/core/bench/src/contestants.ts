import { createHash, hash } from 'node:crypto'
import { createRequire } from 'node:module'
import { buildEvent, type EventInput } from '@capi/core'
import { type Order, PERSONAL } from './orders.ts'

/** Turns orders into the JSON of one request. */
export type Contestant = (orders: readonly Order[]) => string

function request(events: readonly unknown[]): string {
  return JSON.stringify({ data: events })
}

const URL = 'https://shop.example/thank-you?order=1'

/** The product: every rule applied, every event checked. */
const core: Contestant = (orders) => {
  const now = Date.now()
  return request(
    orders.map((order) => {
      const { event, issues } = buildEvent(
        {
          event_name: 'Purchase',
          event_time: order.time,
          event_id: `order.${order.id}`,
          action_source: 'website',
          event_source_url: URL,
          user_data: {
            ...order.person,
            client_ip_address: order.ip,
            client_user_agent: order.agent,
            fbc: order.fbc,
            fbp: order.fbp,
          },
          custom_data: {
            value: order.value,
            currency: 'USD',
            contents: order.contents,
            order_id: String(order.id),
          },
        } satisfies EventInput,
        { now },
      )
      if (event === undefined || issues.length > 0) throw new Error(JSON.stringify(issues))
      return event
    }),
  )
}

/** No rule at all: trim, lower-case, hash, stringify. What any library must pay. */
function floor(sha256: (text: string) => string): Contestant {
  return (orders) =>
    request(
      orders.map((order) => {
        const user_data: Record<string, unknown> = {
          client_ip_address: order.ip,
          client_user_agent: order.agent,
          fbc: order.fbc,
          fbp: order.fbp,
        }
        for (const field of PERSONAL)
          user_data[field] = [sha256(order.person[field].trim().toLowerCase())]
        return {
          event_name: 'Purchase',
          event_time: order.time,
          event_id: `order.${order.id}`,
          action_source: 'website',
          event_source_url: URL,
          user_data,
          custom_data: {
            value: order.value,
            currency: 'USD',
            contents: order.contents,
            order_id: String(order.id),
          },
        }
      }),
    )
}

/** Meta's business SDK, as its README uses it. Loaded only where it runs. */
function businessSdk(): Contestant {
  type Fluent = { [setter: string]: (value: unknown) => Fluent } & { normalize(): unknown }
  const { Content, CustomData, ServerEvent, UserData } = createRequire(import.meta.url)(
    'facebook-nodejs-business-sdk',
  ) as Record<string, new () => Fluent>
  const make = (Class: (new () => Fluent) | undefined, fields: Record<string, unknown>): Fluent => {
    if (Class === undefined) throw new Error('the SDK has changed')
    let made = new Class()
    for (const [setter, value] of Object.entries(fields)) made = made[setter]?.(value) ?? made
    return made
  }
  return (orders) =>
    request(
      orders.map((order) => {
        const { em, ph, fn, ln, ct, st, zp, country, ge, db, external_id } = order.person
        const user = make(UserData, {
          setEmail: em,
          setPhone: ph,
          setFirstName: fn,
          setLastName: ln,
          setCity: ct,
          setState: st,
          setZip: zp,
          setCountry: country,
          setGender: ge,
          setDateOfBirth: db,
          setExternalId: external_id,
          setClientIpAddress: order.ip,
          setClientUserAgent: order.agent,
          setFbc: order.fbc,
          setFbp: order.fbp,
        })
        const contents = order.contents.map((one) =>
          make(Content, { setId: one.id, setQuantity: one.quantity, setItemPrice: one.item_price }),
        )
        const custom = make(CustomData, {
          setValue: order.value,
          setCurrency: 'USD',
          setContents: contents,
          setOrderId: String(order.id),
        })
        return make(ServerEvent, {
          setEventName: 'Purchase',
          setEventTime: order.time,
          setEventId: `order.${order.id}`,
          setActionSource: 'website',
          setEventSourceUrl: URL,
          setUserData: user,
          setCustomData: custom,
        }).normalize()
      }),
    )
}

/** Meta's Parameter Builder, with the event written by hand around it. */
function parameterBuilder(): Contestant {
  const { ParamBuilder } = createRequire(import.meta.url)('capi-param-builder-nodejs') as {
    ParamBuilder: new () => {
      getNormalizedAndHashedPII(value: string, type: string): string | null
    }
  }
  const builder = new ParamBuilder()
  const types = {
    em: 'email',
    ph: 'phone',
    fn: 'first_name',
    ln: 'last_name',
    ct: 'city',
    st: 'state',
    zp: 'zip_code',
    country: 'country',
    ge: 'gender',
    db: 'date_of_birth',
    external_id: 'external_id',
  } as const
  return (orders) =>
    request(
      orders.map((order) => {
        const user_data: Record<string, unknown> = {
          client_ip_address: order.ip,
          client_user_agent: order.agent,
          fbc: order.fbc,
          fbp: order.fbp,
        }
        for (const field of PERSONAL)
          user_data[field] = [builder.getNormalizedAndHashedPII(order.person[field], types[field])]
        return {
          event_name: 'Purchase',
          event_time: order.time,
          event_id: `order.${order.id}`,
          action_source: 'website',
          event_source_url: URL,
          user_data,
          custom_data: {
            value: order.value,
            currency: 'USD',
            contents: order.contents,
            order_id: String(order.id),
          },
        }
      }),
    )
}

export const CONTESTANTS: Readonly<Record<string, () => Contestant>> = {
  '@capi/core': () => core,
  'floor, crypto.hash': () => floor((text) => hash('sha256', text)),
  'floor, createHash': () => floor((text) => createHash('sha256').update(text).digest('hex')),
  'business SDK 24': businessSdk,
  'Parameter Builder 1.3': parameterBuilder,
}
