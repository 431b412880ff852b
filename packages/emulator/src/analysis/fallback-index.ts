import type { CapturedEvent } from '../store/captured-event.ts'
import { externalIdsOf, fbpOf, scopeOf } from './dedup-keys.ts'
import type { DedupKey } from './report.ts'

export interface Found {
  readonly id: number
  readonly key: DedupKey
}

/** Browser events by the person they are of, for server events that share no event_id with them. */
export interface FallbackIndex {
  add(event: CapturedEvent): void
  remove(event: CapturedEvent): void
  /** A browser event that is not paired yet, else one that is; external_id before fbp. */
  find(server: CapturedEvent, isUsable: (id: number) => boolean): Found | undefined
  markPaired(event: CapturedEvent): void
  clear(): void
}

/**
 * Two events that both carry an event_id are distinguished by it, so only events without one can be found by one
 * that has it. Likewise for fbp: two that both carry an external_id are distinguished by that.
 */
export function createFallbackIndex(): FallbackIndex {
  const open = new Map<string, Set<number>>()
  const paired = new Map<string, Set<number>>()

  const put = (index: Map<string, Set<number>>, event: CapturedEvent) => {
    for (const name of entriesOf(event)) {
      const ids = index.get(name) ?? new Set()
      index.set(name, ids.add(event.id))
    }
  }
  const drop = (index: Map<string, Set<number>>, event: CapturedEvent) => {
    for (const name of entriesOf(event)) {
      const ids = index.get(name)
      ids?.delete(event.id)
      if (ids?.size === 0) index.delete(name)
    }
  }

  return {
    add: (event) => put(open, event),
    remove(event) {
      drop(open, event)
      drop(paired, event)
    },
    find(server, isUsable) {
      for (const { name, key } of questionsOf(server)) {
        for (const index of [open, paired]) {
          for (const id of index.get(name) ?? []) {
            if (isUsable(id)) return { id, key }
          }
        }
      }
      return undefined
    },
    markPaired(event) {
      drop(open, event)
      put(paired, event)
    },
    clear() {
      open.clear()
      paired.clear()
    },
  }
}

/** Under which names a browser event can be found: by those without an event_id, or by all. */
function entriesOf(event: CapturedEvent): readonly string[] {
  const externalIds = externalIdsOf(event)
  const fbp = fbpOf(event)
  const people = [
    ...externalIds.map((id) => ['external_id', id]),
    ...(fbp === undefined ? [] : [['fbp', fbp]]),
    ...(fbp === undefined || externalIds.length > 0 ? [] : [['fbp alone', fbp]]),
  ]
  const askers = event.event_id === undefined ? ['any', 'with id'] : ['any']
  return people.flatMap((person) => askers.map((asker) => scopeOf(event, asker, ...person)))
}

function questionsOf(server: CapturedEvent): readonly { name: string; key: DedupKey }[] {
  const asker = server.event_id === undefined ? 'any' : 'with id'
  const externalIds = externalIdsOf(server)
  const fbp = fbpOf(server)
  return [
    ...externalIds.map((id) => ({
      name: scopeOf(server, asker, 'external_id', id),
      key: 'external_id' as const,
    })),
    ...(fbp === undefined
      ? []
      : [
          {
            name: scopeOf(server, asker, externalIds.length > 0 ? 'fbp alone' : 'fbp', fbp),
            key: 'fbp' as const,
          },
        ]),
  ]
}
