import type {
  DeadItem,
  Expired,
  LeasedItem,
  Matched,
  Outbox,
  PixelCounts,
  Settlement,
  SettleResult,
} from '@capi/core/outbox'
import { createCapacity } from './capacity.ts'
import { openDatabase } from './database.ts'
import { type PostgresOutboxOptions, resolveOptions } from './outbox-options.ts'
import { createPut } from './put.ts'

type Counts = Readonly<Record<string, PixelCounts>>

/** Of none that is due there is a single row, with nothing but when the next one is. */
interface LeasedRow extends Omit<LeasedItem, 'trace'> {
  readonly trace: string | null
  readonly has_more: boolean
  readonly next_ms: number | null
}

const BACK = { kind: 'retry', delayMs: 0, isAttempt: false } as const

/**
 * An outbox in a table of your own Postgres, for every process that shares it: events wait there until Meta has them. With
 * `capi.track(name, data, { transaction })` the event is committed with the order, or not at all. Nothing is read or written
 * before `createCapi` has it. Its calls reject with a `CapiStoreError`, whose `problem` is a `PostgresProblem`; `track` then drops
 * the event as `store_failed` and does not throw.
 * @throws CapiConfigError for options that cannot work
 * @example
 * const pool = new Pool({ connectionString: process.env.PG_URL })
 * const capi = createCapi({ ...optionsFromEnv(process.env), outbox: postgresOutbox({ db: pool, ensure: true }) })
 */
export function postgresOutbox(given: PostgresOutboxOptions): Outbox {
  const options = resolveOptions(given)
  const { db, role, pollMs, leaseMs, maxEvents } = options
  const database = openDatabase(options)
  const { call } = database
  const counts = () => call<Counts>('counts', [])
  const waiting = async () =>
    Object.entries(await counts()).map(([lane, { queued }]) => [lane, queued] as const)
  const capacity = createCapacity(maxEvents, async () =>
    (await waiting()).reduce((sum, [, queued]) => sum + queued, 0),
  )
  /** Leases in force, by id. */
  const held = new Map<string, number>()

  async function settle(settlements: readonly Settlement[], nowMs: number) {
    const list = settlements.map(({ token: { id, fence }, ...settlement }, n) => ({
      n,
      id,
      fence,
      ...settlement,
    }))
    const others = await call<Readonly<Record<number, SettleResult>>>('settle', [list, { nowMs }])
    return list.map(({ n, id, fence, kind }): SettleResult => {
      if (held.get(id) === fence) held.delete(id)
      if (kind !== 'retry' && others[n] === undefined) capacity.add(-1)
      return others[n] ?? 'settled'
    })
  }

  return {
    sharedAs: role,
    isTransactional: true,
    pollMs,
    leaseMs,
    put: createPut(db, database, capacity),
    settle: (settlements, { nowMs }) => settle(settlements, nowMs),
    renew: (tokens, ms) =>
      call('renew', [tokens.map(({ id, fence }) => ({ id, fence })), { leaseMs: ms }]),
    recover: async () => Object.fromEntries((await waiting()).filter(([, queued]) => queued > 0)),
    dueLanes: () => call('due_lanes', []),
    counts,

    async lease(request) {
      const rows = await database.rows<LeasedRow>('lease', [request])
      const [first] = rows
      if (first === undefined || first.id === null) {
        const dueInMs = first?.next_ms ?? null
        return { items: [], ...(dueInMs !== null && { nextDueInMs: Math.max(0, dueInMs) }) }
      }
      const items = rows.map(({ has_more: _more, next_ms: _next, trace, ...item }) => {
        held.set(item.id, item.fence)
        return { ...item, ...(trace !== null && { trace }) }
      })
      return { items, ...(first.has_more && { hasMore: true }) }
    },

    async takeExpired(limit, { nowMs }) {
      const expired = await call<Expired>('take_expired', [{ limit, nowMs }])
      capacity.add(-expired.losses.length)
      return expired
    },

    readDead: (filter, limit) => call<readonly DeadItem[]>('read_dead', [{ ...filter, limit }]),
    removeDead: (ids) => call<number>('remove_dead', [ids]),
    removeMatching: (hashes, page) =>
      // A text that is part of every event would match them all.
      call<Matched>('remove_matching', [
        hashes.filter((hash) => /^[0-9a-f]{64}$/.test(hash)),
        page,
      ]),

    async close() {
      const left = [...held].map(([id, fence]) => ({ ...BACK, token: { id, fence } }))
      // What is not given back runs out.
      if (left.length > 0) await settle(left, 0).catch(() => {})
      database.close()
      return [] // Everything is kept.
    },
  }
}
