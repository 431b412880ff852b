import type { Cause } from '../issue/cause.ts'
import type { DeadItem, Outbox, PutResult } from './outbox-port.ts'

/** An event Meta refused. Without its body: that stays in the outbox. */
export interface DeadLetter {
  /** Names it to `replay` and `purge`. */
  readonly key: string
  /** The pixel that refused it. */
  readonly pixelId: string
  /** Id of the event. */
  readonly event_id: string
  /** Name of the event. */
  readonly event_name: string
  /** Meta's reason. */
  readonly cause: Cause
  /** When it was refused, milliseconds since 1970. */
  readonly diedAtMs: number
  /** From then on it cannot be replayed, and is forgotten. */
  readonly expiresAtMs: number
}

/** What came of a replay; each dead letter chosen is in one of these. */
export interface ReplayResult {
  /** Wait again, by pixel id. */
  readonly replayed: Readonly<Record<string, number>>
  /** Too old for Meta by now: forgotten. */
  readonly expired: number
  /** The same event was tracked again since: the dead letter is forgotten. */
  readonly duplicate: number
  /** No room in the outbox: they stay dead letters. */
  readonly full: number
}

/**
 * Which dead letters: those that everything given here fits.
 * @internal
 */
export interface Chosen {
  /** Those of one pixel. */
  readonly pixelId?: string
  /** Those of these names. */
  readonly keys?: readonly string[]
  /** Those of these events. */
  readonly event_ids?: readonly string[]
}

/**
 * What keeps them: an outbox, or what core does around one.
 * @internal
 */
export type DeadStore = Pick<Outbox, 'readDead' | 'removeDead'>

/** Read at a time. */
const PAGE = 500

/** Newest first. */
async function* pagesOf(
  store: DeadStore,
  { pixelId, keys, event_ids }: Chosen,
): AsyncGenerator<readonly DeadItem[]> {
  const ids = event_ids && new Set(event_ids)
  let before: string | undefined
  for (;;) {
    const filter = {
      ...(pixelId !== undefined && { lane: pixelId }),
      ...(keys !== undefined && { ids: keys }),
      ...(before !== undefined && { before }),
    }
    const page = await store.readDead(filter, PAGE)
    const last = page.at(-1)
    if (last === undefined || last.id === before) return
    before = last.id
    yield ids === undefined ? page : page.filter(({ item }) => ids.has(item.event_id))
  }
}

/**
 * The newest ones.
 * @internal
 */
export async function listDead(
  store: DeadStore,
  chosen: Chosen,
  limit: number,
): Promise<readonly DeadLetter[]> {
  const found: DeadLetter[] = []
  for await (const page of pagesOf(store, chosen)) {
    found.push(...page.slice(0, limit - found.length).map(toLetter))
    if (found.length >= limit) break
  }
  return found
}

/**
 * Removes them for good.
 * @returns how many were there.
 * @internal
 */
export async function purgeDead(store: DeadStore, chosen: Chosen): Promise<number> {
  let purged = 0
  for await (const page of pagesOf(store, chosen))
    purged += page.length === 0 ? 0 : await store.removeDead(page.map(({ id }) => id))
  return purged
}

/**
 * Puts them back, with the same `event_id` and the same bytes. An event is in the outbox before its letter goes: a process
 * that ends in between leaves both, and the next replay finds a duplicate.
 * @param put resolves when the outbox has them; what it accepts is counted there.
 * @internal
 */
export async function replayDead(
  store: DeadStore,
  chosen: Chosen,
  {
    nowMs,
    put,
  }: {
    /** Milliseconds since 1970: what expired by then is forgotten. */
    readonly nowMs: number
    /** Puts them into the outbox; one answer for each. */
    readonly put: (letters: readonly DeadItem[]) => Promise<readonly PutResult[]>
  },
): Promise<ReplayResult> {
  const replayed = new Map<string, number>()
  const counts = { expired: 0, duplicate: 0, full: 0 }
  for await (const page of pagesOf(store, chosen)) {
    const young = page.filter(({ item }) => item.expiresAtMs > nowMs).reverse()
    const results = young.length === 0 ? [] : await put(young)
    counts.expired += page.length - young.length
    const stay = new Set<DeadItem>()
    for (const [index, letter] of young.entries()) {
      const result = results[index] ?? 'full'
      const { lane } = letter.item
      if (result === 'accepted') replayed.set(lane, (replayed.get(lane) ?? 0) + 1)
      else counts[result]++
      if (result === 'full') stay.add(letter)
    }
    const gone = page.filter((letter) => !stay.has(letter)).map(({ id }) => id)
    if (gone.length > 0) await store.removeDead(gone)
  }
  return { replayed: Object.fromEntries(replayed), ...counts }
}

function toLetter({ id: key, item, cause, diedAtMs }: DeadItem): DeadLetter {
  const { lane: pixelId, event_id, event_name, expiresAtMs } = item
  return { key, pixelId, event_id, event_name, cause, diedAtMs, expiresAtMs }
}
