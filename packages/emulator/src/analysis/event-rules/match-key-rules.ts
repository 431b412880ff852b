import { isCustomerKey } from '../../rules/check-customer-information.ts'
import { type EventRule, type EventView, listOf, pathIf, safeKey } from '../event-rule.ts'
import { isLocalPage } from '../local-page.ts'
import { type FormatProblem, formatProblem, isPrivateIp } from '../match-key-format.ts'

/** What is wrong with the values of `user_data`, by key. Seven rules ask for it. */
function problemsOf({ userData }: EventView): readonly (readonly [string, FormatProblem])[] {
  const known = PROBLEMS.get(userData)
  if (known) return known
  const found = Object.entries(userData).flatMap(([key, value]) => {
    const values = listOf(value)
    // An empty list is as empty as an empty text.
    if (values.length === 0) return [[key, 'empty'] as const]
    return values.flatMap((one) => {
      const problem = formatProblem(key, one)
      return problem === undefined ? [] : [[key, problem] as const]
    })
  })
  PROBLEMS.set(userData, found)
  return found
}

const PROBLEMS = new WeakMap<object, ReturnType<typeof problemsOf>>()

/** Keys of `user_data` with a value that has this problem. */
const having =
  (wanted: FormatProblem) =>
  (event: EventView): readonly string[] => {
    const keys = problemsOf(event).filter(([, problem]) => problem === wanted)
    return keys.length === 0 ? [] : [...new Set(keys.map(([key]) => `user_data.${safeKey(key)}`))]
  }

/** Sent by partners of Meta's, in no document of Meta's. Source: payloads seen in public, read 2026-09. */
const UNDOCUMENTED: ReadonlySet<string> = new Set(['partner_id', 'partner_name'])

const unknownKeys = ({ userData }: EventView): readonly string[] =>
  Object.keys(userData).filter((key) => !isCustomerKey(key) && !UNDOCUMENTED.has(key))

const IP = 'user_data.client_ip_address'
const hasPrivateIp = ({ userData }: EventView) => isPrivateIp(userData['client_ip_address'])
const isOnLocalPage = ({ payload }: EventView) => isLocalPage(payload['event_source_url'])

/** What each key of `user_data` must look like. Source: Meta, Customer Information Parameters, read 2026-09. */
export const MATCH_KEY_RULES: readonly EventRule[] = [
  {
    rule: 'match_key_invalid',
    source: 'server',
    title: 'Key without a value',
    fix: 'Leave the key out when there is nothing to send.',
    check: having('empty'),
  },
  {
    rule: 'match_key_invalid',
    source: 'server',
    title: 'Hash of an empty or placeholder value',
    fix: 'Test for a value before hashing: this is the hash of nothing, null, undefined or a sample.',
    check: having('hash_of_nothing'),
  },
  {
    rule: 'match_key_invalid',
    source: 'server',
    title: 'Hash that is not SHA-256',
    fix: 'Hash with SHA-256: 64 hex digits.',
    check: having('not_sha256'),
  },
  {
    rule: 'match_key_invalid',
    source: 'server',
    title: 'Hashed, though Meta asks for it raw',
    fix: 'Send IP address, user agent, fbc and fbp as they are.',
    check: having('hashed'),
  },
  {
    rule: 'match_key_invalid',
    source: 'server',
    title: 'Wrong form',
    fix: 'An IP address is one IPv4 or IPv6 without a port; fbc and fbp are fb.{n}.{milliseconds}.{id}.',
    check: having('malformed'),
  },
  {
    rule: 'match_key_uppercase',
    source: 'server',
    title: 'Hash in upper case',
    fix: 'Write the hash in lower case.',
    check: having('uppercase'),
  },
  {
    rule: 'match_key_unknown',
    title: 'Unknown key',
    fix: 'Meta reads em, ph, fn, ln, ge, db, ct, st, zp, country, external_id, client_ip_address, client_user_agent, fbc and fbp. Any other name identifies no person.',
    check: (event) => unknownKeys(event).map((key) => `user_data.${safeKey(key)}`),
  },
  {
    rule: 'customer_data_unhashed',
    title: 'Customer information not hashed',
    fix: 'Normalise the value, then send its SHA-256 in hex. Never send it raw.',
    check: having('plain_text'),
  },
  {
    rule: 'client_ip_shared',
    source: 'server',
    title: 'Private IP address',
    fix: 'Send the public address of the visitor; behind a proxy, read it from the proxy’s header.',
    check: (event) => pathIf(hasPrivateIp(event) && !isOnLocalPage(event), IP),
  },
  {
    rule: 'client_ip_local',
    source: 'server',
    title: 'Private IP address on your own network',
    fix: 'Nothing to fix here. In production, send the public address of the visitor.',
    check: (event) => pathIf(hasPrivateIp(event) && isOnLocalPage(event), IP),
  },
]
