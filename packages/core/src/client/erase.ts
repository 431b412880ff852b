import { hashUserData } from '../event/hash-user-data.ts'
import { CapiConfigError } from '../issue/errors.ts'
import type { ClientState } from './client-state.ts'
import type { ErasedPerson, ErasureResult } from './tracker.ts'

const KEYS = ['em', 'ph', 'external_id'] as const

/**
 * Removes what waits for a person, and the person's dead letters. @throws CapiConfigError where a value of it cannot be
 * read, CapiStoreError where the outbox cannot look through all it holds: what was found until then is removed.
 */
export async function erase(state: ClientState, person: ErasedPerson): Promise<ErasureResult> {
  const { store, ledger } = state
  const hashes = hashesOf(state, person)
  const before = ledger.counts().dropped.erased
  const { dead, leased } = await store.erase(hashes, (removed) => {
    for (const pixelId of new Set(removed.map(({ lane }) => lane))) {
      const event_ids = removed.flatMap(({ lane, event_id }) => (lane === pixelId ? event_id : []))
      ledger.drop({ reason: 'erased', count: event_ids.length, pixelId, event_ids })
    }
  })
  // Those that were in memory are counted there.
  const waiting = ledger.counts().dropped.erased - before
  return { waiting, deadLetters: dead, onTheWay: leased }
}

/** As `track` hashed them. @throws CapiConfigError */
function hashesOf({ options }: ClientState, person: ErasedPerson): readonly string[] {
  const { phoneCountry, parsePhone } = options
  const nowMs = options.clock.now()
  const { user_data, issues } = hashUserData(read(person), { nowMs, phoneCountry, parsePhone })
  // A value read in part would silently leave events behind.
  const [unread] = issues
  if (unread !== undefined) {
    const key = unread.path.replace('user_data.', '')
    throw refusal(`erase cannot be sure of ${key} (${unread.code}). ${unread.fix}`)
  }
  const hashes = KEYS.flatMap((key) => user_data[key] ?? [])
  if (hashes.length > 0) return hashes
  throw refusal('erase needs an em, ph or external_id that can be read.')
}

/** The keys that are known, each read once. */
function read(person: ErasedPerson): ErasedPerson {
  const given = Object(person) as ErasedPerson
  const readKey = (key: keyof ErasedPerson) => {
    try {
      return [key, given[key]]
    } catch {
      // What it threw may hold personal data.
      throw refusal(`erase cannot read ${key}.`)
    }
  }
  return Object.fromEntries([...KEYS, 'country' as const].map(readKey))
}

const refusal = (what: string) =>
  new CapiConfigError('config_invalid', `${what} Nothing was removed.`)
