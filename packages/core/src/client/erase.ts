import { hashUserData } from '../event/hash-user-data.ts'
import { CapiConfigError } from '../issue/errors.ts'
import type { ClientState } from './client-state.ts'
import type { ErasedPerson, ErasureResult } from './tracker.ts'

const KEYS = ['em', 'ph', 'external_id'] as const

/**
 * Removes what waits for a person, and the person's dead letters. @throws CapiConfigError where nothing of it can be known
 * again, CapiStoreError where the outbox cannot look through all it holds: what was found until then is removed.
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
  const { em, ph, external_id } = Object(person) as ErasedPerson
  const { user_data } = hashUserData(
    { em, ph, external_id },
    { nowMs: options.clock.now(), phoneCountry, parsePhone },
  )
  const hashes = KEYS.flatMap((key) => user_data[key] ?? [])
  if (hashes.length > 0) return hashes
  throw new CapiConfigError(
    'config_invalid',
    'erase needs an em, ph or external_id that can be read. Nothing was removed.',
  )
}
