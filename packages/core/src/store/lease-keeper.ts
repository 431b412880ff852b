import { attempt } from '../runtime/attempt.ts'
import type { LeasedItem, LeaseToken, Outbox, Time } from './outbox-port.ts'
import { type Limit, within } from './within.ts'

const DEFAULT_LEASE_MS = 60_000
/** No lease is renewed beyond: a delivery that hangs for that long does not come back. */
const MAX_RENEWED_MS = 900_000

/** Renews the leases of what is on its way. A process that stands still renews none, and others take over. */
export interface LeaseKeeper {
  readonly leaseMs: number
  add(items: readonly LeasedItem[]): void
  /** They were handed out too late for their caller: the next one gets them now, not when their lease runs out. */
  giveBack(items: readonly LeasedItem[], time: Time): void
  /** Keys of those whose body fits. */
  matching(isMatch: (body: string) => boolean): readonly string[]
  /** The key of what was handed out so. */
  keyOf(token: LeaseToken): string | undefined
  /** They are settled. */
  remove(tokens: readonly LeaseToken[]): void
  /** Renews none from now on: what a closed client could not settle is due again when its lease runs out. */
  stop(): void
}

export function leaseKeeper(outbox: Outbox, limit: Limit): LeaseKeeper {
  const { clock } = limit
  const leaseMs = outbox.leaseMs ?? DEFAULT_LEASE_MS
  const held = new Map<string, { readonly item: LeasedItem; readonly sinceTick: number }>()
  let cancel: (() => void) | undefined
  let isStopped = false

  /** Three times a lease: an answer may come late. */
  function schedule(): void {
    cancel ??= attempt(() => clock.after(leaseMs / 3, renew))
  }

  function renew(): void {
    cancel = undefined
    const tickMs = clock.tick()
    for (const [id, { sinceTick }] of held) if (tickMs - sinceTick > MAX_RENEWED_MS) held.delete(id)
    if (held.size === 0) return
    const tokens = [...held.values()].map(({ item: { id, fence } }) => ({ id, fence }))
    const time = { tickMs, nowMs: clock.now() }
    // What is not renewed is handed out again, and its settlement answers `unknown`.
    within(limit, () => outbox.renew(tokens, leaseMs, time)).catch(() => {})
    schedule()
  }

  return {
    leaseMs,
    add(items) {
      if (isStopped) return
      const sinceTick = clock.tick()
      for (const item of items) held.set(item.id, { item, sinceTick })
      if (held.size > 0) schedule()
    },
    giveBack(items, time) {
      if (items.length === 0) return
      const settlements = items.map(
        (token) => ({ kind: 'retry', token, isAttempt: false, delayMs: 0 }) as const,
      )
      within(limit, () => outbox.settle(settlements, time)).catch(() => {})
    },
    matching: (isMatch) =>
      [...held.values()].flatMap(({ item }) => (isMatch(item.body) ? item.key : [])),
    keyOf: ({ id }) => held.get(id)?.item.key,
    remove(tokens) {
      for (const { id, fence } of tokens) if (held.get(id)?.item.fence === fence) held.delete(id)
      if (held.size > 0) return
      cancel?.()
      cancel = undefined
    },
    stop() {
      isStopped = true
      held.clear()
      cancel?.()
      cancel = undefined
    },
  }
}
