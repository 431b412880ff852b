export interface Customer {
  readonly name: string
  readonly email: string
  readonly phone: string
}

export type CustomerErrors = Partial<Record<keyof Customer, string>>

export type CustomerResult =
  | { readonly ok: true; readonly customer: Customer }
  | { readonly ok: false; readonly entered: Customer; readonly errors: CustomerErrors }

const MAX_LENGTH = 200

const EMAIL = /^\S+@\S+\.\S+$/

export function isEmail(text: string): boolean {
  return EMAIL.test(text)
}

const CHECKS: readonly [field: keyof Customer, pattern: RegExp, message: string][] = [
  ['name', /\S/, 'Please tell us your name.'],
  ['email', EMAIL, 'Please enter an e-mail address, like anna@example.com.'],
  ['phone', /^[+\d][\d\s()/.-]{6,}$/, 'Please enter a phone number, like +49 30 23125 042.'],
]

export function parseCustomer(body: unknown): CustomerResult {
  const entered: Customer = {
    name: formField(body, 'name'),
    email: formField(body, 'email'),
    phone: formField(body, 'phone'),
  }
  const errors: CustomerErrors = {}
  for (const [field, pattern, message] of CHECKS) {
    if (!pattern.test(entered[field])) errors[field] = message
  }
  return Object.keys(errors).length === 0
    ? { ok: true, customer: entered }
    : { ok: false, entered, errors }
}

/** A form field as trimmed text; '' when absent, repeated or not text. */
export function formField(body: unknown, name: string): string {
  if (typeof body !== 'object' || body === null) return ''
  const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1]
  return typeof value === 'string' ? value.trim().slice(0, MAX_LENGTH) : ''
}
