/** One raw or already hashed value. Numbers work (ids, phones); null, undefined and '' mean absent. */
export type RawValue = string | number | null | undefined
/** One value or several: every address or number the person is known by. */
export type RawValues = RawValue | readonly RawValue[]

/**
 * What is known of the person, raw or already hashed: both are fine. Values that Meta wants hashed
 * are normalised and hashed here, before they wait anywhere.
 * Source: Meta, Customer Information Parameters, read 2026-09.
 */
export interface UserDataInput {
  /** E-mail addresses. Hashed: trimmed, lower-case. */
  em?: RawValues
  /** Phone numbers with country code. Hashed: digits only. */
  ph?: RawValues
  /** Your own ids of the person: the same form on every channel. Hashed. */
  external_id?: RawValues
  /** The visitor's address, IPv4 or IPv6, never your server's. Not hashed. */
  client_ip_address?: string | null | undefined
  /** The visitor's `User-Agent`, verbatim. Not hashed. */
  client_user_agent?: string | null | undefined
  /** Click id: the `_fbc` cookie, `fb.1.<ms>.<fbclid>`. Not hashed, case kept. */
  fbc?: string | null | undefined
  /** Browser id: the `_fbp` cookie, `fb.1.<ms>.<digits>`. Not hashed. */
  fbp?: string | null | undefined
}

/** `user_data` as it goes to Meta: hashes where Meta wants hashes, lists without repeats. */
export type UserData = { [K in keyof UserDataInput]?: K extends HashedField ? string[] : string }

/** The fields whose values Meta compares by hash. */
export type HashedField = 'em' | 'ph' | 'external_id'
