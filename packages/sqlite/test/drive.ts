import type { Cause } from '@capi/core'
import type { Lease, OutboxItem, PutResult, Settlement } from '@capi/core/outbox'
import { outboxItem } from '@capi/core/outbox-test'
import type { DamagedFile, OutboxOptions, OutboxWarning } from '../src/outbox-options.ts'
import { outboxEngine } from '../src/thread/outbox-engine.ts'
import type { Call, Operations } from '../src/thread/protocol.ts'
import { LANE, TIME } from './outbox-options.ts'

export const REFUSAL: Cause = { code: 'meta_100_2804003', status: 400 }

/** An outbox on this thread, with its calls as functions; a refusal throws its problem. */
export function drive(options: OutboxOptions, make: typeof outboxEngine = outboxEngine) {
  const incidents: OutboxWarning[] = []
  const engine = make(options, (incident) => incidents.push(incident))
  function ask<O extends keyof Operations>(
    method: O,
    ...args: Parameters<Operations[O]>
  ): ReturnType<Operations[O]> {
    const [answer] = engine.handle([{ method, args } as unknown as Call])
    if (answer === undefined || 'problem' in answer) throw new Error(answer?.problem)
    return answer.value as ReturnType<Operations[O]>
  }
  return {
    engine,
    incidents,
    damages: () => incidents.filter((one): one is DamagedFile => one.kind === 'corrupt'),
    /** All that can wait. */
    keepUp() {
      while (engine.step());
    },
    ask,
    put: (...items: OutboxItem[]): readonly PutResult[] => ask('put', items, TIME),
    lease: (maxEvents = 10_000, tickMs = TIME.tickMs): Lease =>
      ask('lease', { lane: LANE, maxEvents, maxBytes: 1e9, leaseMs: 60_000 }, { ...TIME, tickMs }),
    settle: (...settlements: Settlement[]) => ask('settle', settlements, TIME),
    /** As much as there is to report. */
    losses: (nowMs = TIME.nowMs) => ask('takeExpired', 10_000, { ...TIME, nowMs }).losses,
    queued: () => ask('counts')[LANE]?.queued ?? 0,
  }
}

export function manyItems(count: number, prefix = 'e', bytes = 0): OutboxItem[] {
  return Array.from({ length: count }, (_, n) => {
    const id = `${prefix}${n}`
    return outboxItem(id, { body: JSON.stringify({ event_id: id, pad: 'x'.repeat(bytes) }) })
  })
}
