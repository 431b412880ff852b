import { hashUserData } from '@capi/core'

/** Customers are hashed where their data is, and sent from elsewhere. */
export function hashed(customers: readonly { email: string; phone: string | null }[]) {
  return customers.map(({ email, phone }) => hashUserData({ em: email, ph: phone, country: 'CH' }))
}
