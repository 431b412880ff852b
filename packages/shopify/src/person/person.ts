import { normalizeField, type UserDataInput } from '@capi/core'
import { defined, firstOf, record, text } from '../read/read.ts'
import { exactId } from '../read/shopify-id.ts'
import type { Address, ShopifyCustomer, ShopifyOrder } from '../read/shopify-payloads.ts'
import { countryOf, phoneOf } from './phone.ts'
import { isRelayEmail } from './relay-email.ts'

/** Who bought. Names and places come from one address only: halves of two would match no person. */
export function personOf(order: ShopifyOrder): UserDataInput {
  const customer = record(order.customer)
  const addresses = [
    record(order.billing_address),
    record(order.shipping_address),
    record(customer.default_address),
  ]
  const home = firstOf(addresses, (address) => {
    const fields = addressFields(address)
    return Object.keys(fields).length > 0 ? fields : undefined
  })
  const hasName = home?.fn !== undefined || home?.ln !== undefined
  return defined({
    em: firstOf([order.email, order.contact_email, customer.email], readableEmail),
    ph: phoneOf(order, customer, addresses),
    ...(hasName ? {} : nameOf(customer)),
    ...home,
    external_id: exactId(customer),
  })
}

function readableEmail(email: unknown): string | undefined {
  const written = text(email)
  if (written === undefined || isRelayEmail(written)) return undefined
  return normalizeField('em', written) === undefined ? undefined : written
}

function nameOf(named: Partial<Address> | Partial<ShopifyCustomer>) {
  return defined({ fn: text(named.first_name), ln: text(named.last_name) })
}

function addressFields(address: Partial<Address>) {
  return defined({
    ...nameOf(address),
    ct: text(address.city),
    st: text(address.province_code) ?? text(address.province),
    zp: text(address.zip),
    country: countryOf(address),
  })
}
