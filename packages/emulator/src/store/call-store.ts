import { type CallFilter, type CallQuery, matchesCall } from './call-filter.ts'
import type { DatasetFilter } from './dataset-filter.ts'
import type { RecordedCall } from './recorded-call.ts'

/** The newest calls in memory. */
export interface CallStore {
  /** @returns the number of a call that begins now */
  open(): number
  /** Keeps a call that is over, and joins it with earlier calls of the same events. */
  keep(call: RecordedCall, keys: readonly string[]): void
  /** In order of arrival; a copy. */
  list(filter?: CallFilter | CallQuery): readonly RecordedCall[]
  get(id: number): RecordedCall | undefined
  /** Forgets the calls of one dataset, or all. */
  clear(filter?: DatasetFilter): void
}

/** Calls that are joined as tries of one event. Tests that send one `event_id` again and again make no long lists. */
const MAX_TRIES = 20

/**
 * @param max how many calls are kept
 * @param changed hears of each call that is kept, and of each that another try has joined
 */
export function createCallStore(max: number, changed: (call: RecordedCall) => void): CallStore {
  const calls = new Map<number, RecordedCall>()
  /** Under the key of an event: the calls that carried it, a single one as itself. */
  const carriers = new Map<string, number | readonly number[]>()
  const keysOf = new Map<number, readonly string[]>()
  let lastId = 0
  /** No call with a lower number is kept. */
  let oldest = 1

  const put = (call: RecordedCall) => {
    calls.set(call.id, call)
    changed(call)
  }

  const drop = (id: number) => {
    for (const key of keysOf.get(id) ?? []) {
      const left = listOf(carriers.get(key)).filter((one) => one !== id)
      if (left.length > 0) carriers.set(key, left)
      else carriers.delete(key)
    }
    keysOf.delete(id)
    calls.delete(id)
  }

  const join = (id: number, keys: readonly string[]): readonly number[] => {
    const tries = new Set<number>()
    for (const key of keys) {
      const earlier = carriers.get(key)
      if (earlier === undefined) {
        carriers.set(key, id)
        continue
      }
      const all = [...new Set([...listOf(earlier), id])].slice(-MAX_TRIES)
      carriers.set(key, all)
      for (const one of all) tries.add(one)
    }
    return [...tries].sort((a, b) => a - b)
  }

  return {
    open: () => ++lastId,
    keep(call, keys) {
      const tries = join(call.id, keys)
      if (keys.length > 0) keysOf.set(call.id, keys)
      put(tries.length > 1 ? { ...call, tries } : call)
      for (const id of tries) {
        const earlier = id === call.id ? undefined : calls.get(id)
        if (earlier === undefined) continue
        const joined = new Set([...(earlier.tries ?? [id]), call.id])
        put({ ...earlier, tries: [...joined].sort((a, b) => a - b) })
      }
      while (calls.size > max) drop(oldest++)
    },
    list: (filter = {}) =>
      [...calls.values()]
        .filter((call) => matchesCall(call, filter))
        .sort((one, other) => one.id - other.id),
    get: (id) => calls.get(id),
    clear({ pixel_id } = {}) {
      if (pixel_id !== undefined) {
        for (const call of calls.values()) if (call.pixel_id === pixel_id) drop(call.id)
        return
      }
      calls.clear()
      carriers.clear()
      keysOf.clear()
      oldest = lastId + 1
    },
  }
}

function listOf(carriers: number | readonly number[] | undefined): readonly number[] {
  if (carriers === undefined) return []
  return typeof carriers === 'number' ? [carriers] : carriers
}
