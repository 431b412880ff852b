import { createHash } from 'node:crypto'
import type { CapturedEvent } from '../store/captured-event.ts'
import { readFbc } from './click-id.ts'
import { fieldsOf, listOf, textOf } from './event-rule.ts'
import { formatProblem, isBot, isPrivateIp } from './match-key-format.ts'
import { MATCH_KEY_WEIGHTS, type MatchKey } from './match-quality.ts'

const CLICK_LIFE_MS = 90 * 86_400_000
const SHA256 = /^[0-9a-f]{64}/i

const KEYS = Object.keys(MATCH_KEY_WEIGHTS) as readonly MatchKey[]

/** What every report asks of an event's person; found once. */
export interface PersonFacts {
  /** Hashed: the pixel hashes what the server may send as it is. Numbers are ids too. */
  readonly externalIds: readonly string[]
  /** Keys with a value. */
  readonly present: ReadonlySet<MatchKey>
  /** Keys with a value that can find someone: one good one is enough. */
  readonly usable: ReadonlySet<MatchKey>
}

/** By payload: it stays the same object when an event becomes a duplicate, and goes with it. */
const known = new WeakMap<object, PersonFacts & { readonly receivedAt: number }>()

export function personFacts({ payload, received_at }: CapturedEvent): PersonFacts {
  const remembered = known.get(payload)
  if (remembered?.receivedAt === received_at) return remembered
  const userData = fieldsOf(payload['user_data'])
  const present = KEYS.filter((key) => listOf(userData[key]).some(isValue))
  const usable = present.filter((key) =>
    listOf(userData[key]).some((value) => isUsableValue(key, value, received_at)),
  )
  const facts = {
    receivedAt: received_at,
    externalIds: externalIdsIn(userData['external_id']),
    present: shared(present),
    usable: shared(usable),
  }
  known.set(payload, facts)
  return facts
}

/** Events of one shop carry the same keys: one set serves thousands of them. */
const sets = new Map<string, ReadonlySet<MatchKey>>()
const MAX_SETS = 10_000

function shared(keys: readonly MatchKey[]): ReadonlySet<MatchKey> {
  const name = keys.join()
  const found = sets.get(name)
  if (found) return found
  const made = new Set(keys)
  if (sets.size < MAX_SETS) sets.set(name, made)
  return made
}

function isValue(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

function isUsableValue(key: MatchKey, value: unknown, receivedAt: number): boolean {
  if (formatProblem(key, value) !== undefined) return false
  if (key === 'client_ip_address') return !isPrivateIp(value)
  if (key === 'client_user_agent') return !isBot(value)
  if (key === 'fbc') return receivedAt - (readFbc(value)?.timeMs ?? 0) <= CLICK_LIFE_MS
  return true
}

export function externalIdsIn(value: unknown): readonly string[] {
  if (value === undefined) return NONE
  return listOf(value)
    .flatMap((id) => (typeof id === 'number' ? [String(id)] : (textOf(id) ?? [])))
    .map((id) =>
      SHA256.test(id)
        ? id.slice(0, 64).toLowerCase()
        : createHash('sha256').update(id).digest('hex'),
    )
}

const NONE: readonly string[] = []
