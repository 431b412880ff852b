import type { Loss, Outbox } from '@capi/core/outbox'
import { type OutboxWarning, resolveOptions, type SqliteOutboxOptions } from './outbox-options.ts'
import { outboxThread } from './outbox-thread.ts'
import type { Swept } from './protocol.ts'

/**
 * An outbox in one SQLite file: what `track` accepted survives the process, and with the default
 * durability also a power cut. One running process for each file; a thread of its own does the writing.
 * Its calls reject with a `CapiStoreError` whose `problem` tells why.
 * @throws CapiConfigError when an option is malformed. The file is opened by the first call.
 */
export function sqliteOutbox(options: SqliteOutboxOptions): Outbox {
  const thread = outboxThread(resolveOptions(options), (incident) =>
    tell(incident, options.onWarning ?? warn),
  )
  return {
    put: (items, nowMs) => thread.call('put', items, nowMs),
    lease: (request) => thread.call('lease', request),
    settle: (settlements, time) => thread.call('settle', settlements, time),
    recover: () => thread.call('recover'),
    stats: () => thread.call('stats'),
    async sweep(nowMs) {
      let swept = await thread.call('sweep', nowMs)
      const losses = [...swept.losses]
      while (swept.hasMore) {
        // What was given up so far must be told, whatever comes of the rest.
        swept = await thread.call('sweep', nowMs).catch(() => NOTHING_SWEPT)
        losses.push(...swept.losses)
      }
      return merged(losses)
    },
    deadLetters: {
      list: (filter = {}) => thread.call('list', filter),
      replay: (filter, nowMs) => thread.call('replay', filter, nowMs),
      purge: (filter = {}) => thread.call('purge', filter),
    },
    async close() {
      await thread.close()
      return [] // Everything is kept.
    },
  }
}

const NOTHING_SWEPT: Swept = { losses: [], hasMore: false }

/** One loss for each lane and reason. */
function merged(losses: readonly Loss[]): Loss[] {
  const found = new Map<string, Loss>()
  for (const loss of losses) {
    const key = `${loss.reason} ${loss.lane}`
    const before = found.get(key)
    const count = (before?.count ?? 0) + loss.count
    found.set(key, { ...loss, count, event_ids: [...(before?.event_ids ?? []), ...loss.event_ids] })
  }
  return [...found.values()]
}

function tell(incident: OutboxWarning, listener: (incident: OutboxWarning) => void): void {
  try {
    listener(incident)
  } catch {
    // The application's own callback must not bring its process down.
  }
}

function warn({ path, quarantinedAs, salvaged, lost }: OutboxWarning): void {
  process.emitWarning(
    `The outbox ${path} was damaged and put aside as ${quarantinedAs}; ${salvaged} events were ` +
      `taken over, ${lost ?? 'an unknown number'} lost.`,
    'CapiOutboxWarning',
  )
}
