import { normalizeField } from '@capi/core'
import { firstOf, text } from '../read/read.ts'
import type { Address, ShopifyCustomer, ShopifyOrder } from '../read/shopify-payloads.ts'

type Addresses = readonly Partial<Address>[]

/**
 * The shopper's first readable phone number, with the country code of the address it stands in: addresses hold numbers as
 * they were typed. The client's `phoneCountry` would win over the address, so the code is put in front here.
 */
export function phoneOf(
  order: ShopifyOrder,
  customer: Partial<ShopifyCustomer>,
  addresses: Addresses,
): string | undefined {
  const country = firstOf(addresses, countryOf)
  const [billing, shipping, home] = addresses
  const numbers = [
    { phone: order.phone, country },
    { phone: billing?.phone, country: countryOf(billing) },
    { phone: shipping?.phone, country: countryOf(shipping) },
    { phone: customer.phone, country: countryOf(home) ?? country },
    { phone: home?.phone, country: countryOf(home) },
  ]
  return firstOf(numbers, ({ phone, country }) => withCountryCode(phone, country))
}

export function countryOf(address: Partial<Address> | undefined): string | undefined {
  return text(address?.country_code) ?? text(address?.country)
}

function withCountryCode(phone: unknown, country: string | undefined): string | undefined {
  const written = text(phone)
  const digits = normalizeField('ph', written, {
    country: country && normalizeField('country', country),
  })
  if (digits === undefined) return undefined
  // Without + and country the code is unknown: core adds an issue.
  return country === undefined ? written : `+${digits}`
}
