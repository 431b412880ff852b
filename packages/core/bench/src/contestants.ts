import { createHash, hash } from 'node:crypto'
import { createRequire } from 'node:module'
import { buildEvent } from '@capi/core'
import { type Order, PERSONAL, PLAIN } from './orders.ts'

/** Turns orders into the JSON of one request. */
export type Contestant = (orders: readonly Order[]) => string

function request(events: readonly unknown[]): string {
  return JSON.stringify({ data: events })
}

/** The product, of this build or another: every rule applied, every event checked. */
export function core(build: typeof buildEvent): Contestant {
  return (orders) => {
    const options = { nowMs: Date.now() }
    return request(
      orders.map((order) => {
        const { event, issues } = build(order, options)
        if (event === undefined || issues.length > 0) throw new Error(JSON.stringify(issues))
        return event
      }),
    )
  }
}

/** An event around hashes made by somebody else; the rest is passed on unseen. */
function byHand(
  orders: readonly Order[],
  hashOf: (field: (typeof PERSONAL)[number], text: string) => string | null,
): string {
  return request(
    orders.map((order) => {
      const user_data: Record<string, unknown> = {}
      for (const field of PERSONAL) user_data[field] = [hashOf(field, order.user_data[field])]
      for (const field of PLAIN) user_data[field] = order.user_data[field]
      const { event_name, event_time, event_id, action_source, event_source_url, custom_data } =
        order
      return {
        event_name,
        event_time,
        event_id,
        action_source,
        event_source_url,
        user_data,
        custom_data,
      }
    }),
  )
}

/** No rule at all: trim, lower-case, hash, stringify. What any library must pay. */
function floor(sha256: (text: string) => string): Contestant {
  return (orders) => byHand(orders, (_field, text) => sha256(text.trim().toLowerCase()))
}

type Fluent = { [setter: string]: (value: unknown) => Fluent } & { normalize(): unknown }

function make(Class: (new () => Fluent) | undefined, fields: Record<string, unknown>): Fluent {
  if (Class === undefined) throw new Error('the SDK has changed')
  let made = new Class()
  for (const [setter, value] of Object.entries(fields)) made = made[setter]?.(value) ?? made
  return made
}

/** Meta's business SDK, as its README uses it. Loaded only where it runs. */
function businessSdk(): Contestant {
  const require = createRequire(import.meta.url)
  const sdk = require('facebook-nodejs-business-sdk') as Record<string, new () => Fluent>
  return (orders) =>
    request(
      orders.map(({ user_data: person, custom_data: custom, ...event }) => {
        const user = make(sdk['UserData'], {
          setEmail: person.em,
          setPhone: person.ph,
          setFirstName: person.fn,
          setLastName: person.ln,
          setCity: person.ct,
          setState: person.st,
          setZip: person.zp,
          setCountry: person.country,
          setGender: person.ge,
          setDateOfBirth: person.db,
          setExternalId: person.external_id,
          setClientIpAddress: person.client_ip_address,
          setClientUserAgent: person.client_user_agent,
          setFbc: person.fbc,
          setFbp: person.fbp,
        })
        const contents = custom.contents.map((one) =>
          make(sdk['Content'], {
            setId: one.id,
            setQuantity: one.quantity,
            setItemPrice: one.item_price,
          }),
        )
        const custom_data = make(sdk['CustomData'], {
          setValue: custom.value,
          setCurrency: custom.currency,
          setContents: contents,
          setOrderId: custom.order_id,
        })
        return make(sdk['ServerEvent'], {
          setEventName: event.event_name,
          setEventTime: event.event_time,
          setEventId: event.event_id,
          setActionSource: event.action_source,
          setEventSourceUrl: event.event_source_url,
          setUserData: user,
          setCustomData: custom_data,
        }).normalize()
      }),
    )
}

interface ParamBuilder {
  getNormalizedAndHashedPII(value: string, type: string): string | null
}

const BUILDER_TYPES = {
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

/** Meta's Parameter Builder, with the event written by hand around it. */
function parameterBuilder(): Contestant {
  const require = createRequire(import.meta.url)
  const { ParamBuilder } = require('capi-param-builder-nodejs') as {
    ParamBuilder: new () => ParamBuilder
  }
  const builder = new ParamBuilder()
  return (orders) =>
    byHand(orders, (field, text) => builder.getNormalizedAndHashedPII(text, BUILDER_TYPES[field]))
}

export const CONTESTANTS: Readonly<Record<string, () => Contestant>> = {
  '@capi/core': () => core(buildEvent),
  'floor, crypto.hash': () => floor((text) => hash('sha256', text)),
  'floor, createHash': () => floor((text) => createHash('sha256').update(text).digest('hex')),
  'business SDK 24': businessSdk,
  'Parameter Builder 1.3': parameterBuilder,
}
