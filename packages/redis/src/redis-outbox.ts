import { attempt } from '@capi/core/adapter'
import {
  type DeadItem,
  matcher,
  type Outbox,
  type PixelCounts,
  type PutResult,
  type Settlement,
  type SettleResult,
  type Time,
} from '@capi/core/outbox'
import { inSteps, listOf, MOST, pairsOf, textsOf } from './answers.ts'
import { itemOf, leasedItem, letterOf, recordOf, tokenParts, verdictOf } from './event-record.ts'
import { type RedisOutboxOptions, resolveOptions } from './outbox-options.ts'
import { storeError } from './outbox-problem.ts'
import { openRedis, type Run } from './redis-client.ts'
import { readSettings } from './settings.ts'

/** How often those who put look at the settings and the memory of Redis. */
const SETTINGS_MS = 1_000
/** The lane of dead letters; those of pixels are digits. */
const DEAD = 'dead'

/**
 * An outbox on Redis or Valkey that any number of processes share: what `track` accepted is delivered by whichever worker
 * comes to it, also when the one that had it died. A call rejects with a `CapiStoreError` whose `problem` says why.
 * @example
 * createCapi({ ...optionsFromEnv(process.env), outbox: redisOutbox({ connection: 'redis://127.0.0.1:6379' }) })
 * @throws CapiConfigError when an option is malformed. The first call connects.
 */
export function redisOutbox(options: RedisOutboxOptions): Outbox {
  const { connection, root, role, maxEvents, maxMemoryShare, onWarning, leaseMs } =
    resolveOptions(options)
  const redis = openRedis(connection, root)
  const [owner = 0] = globalThis.crypto.getRandomValues(new Uint32Array(1))
  const warned = new Set<string>()
  /** Leased and not settled: when this outbox closes, another worker need not wait for the end of their leases. */
  const held = new Map<string, number>()
  /** Removals whose answer was lost, by what they are for. */
  const unanswered = new Map<string, Removal>()
  let calls = 0
  let isClosed = false
  let checkedTick = Number.NEGATIVE_INFINITY

  /** Also a fence: below 2^53, and no other process has it. */
  const newCall = () => owner * 2 ** 21 + (calls++ % 2 ** 21)
  const run: Run = (script, ...args) =>
    isClosed ? Promise.reject(storeError('closed')) : redis.run(script, ...args)

  async function checkSettings({ tickMs }: Time): Promise<void> {
    const warnings = readSettings(String(await run('info')), maxMemoryShare)
    checkedTick = tickMs
    if (warnings.every(({ kind }) => kind !== 'memory_full')) warned.delete('memory_full')
    for (const warning of warnings.filter(({ kind }) => !warned.has(kind))) {
      warned.add(warning.kind)
      attempt(() => onWarning(warning))
    }
  }

  async function settle(
    settlements: readonly Settlement[],
    nowMs: number,
  ): Promise<SettleResult[]> {
    const results = new Map<Settlement, SettleResult>()
    const laneOf = ({ token }: Settlement) => tokenParts(token.id).lane
    for (const { lane, step } of inSteps(settlements, laneOf)) {
      const lines = step.map((settlement) => {
        const { entry, key, rememberUntilMs } = tokenParts(settlement.token.id)
        const verdict = verdictOf(settlement, rememberUntilMs, nowMs)
        return `${entry}\n${settlement.token.fence}\n${key}\n${verdict}\n`
      })
      const outcomes = textsOf(await run('settle', nowMs, lane, lines.join('')))
      for (const [n, settlement] of step.entries()) {
        const { id, fence } = settlement.token
        results.set(settlement, outcomes[n] as SettleResult)
        if (held.get(id) === fence) held.delete(id)
      }
    }
    return settlements.map((one) => results.get(one) ?? 'unknown')
  }

  /** Removes what is not on its way; or, before that, says what the answer that was lost would have said. */
  async function take(why: string, lane: string, ids: readonly string[]) {
    const again = unanswered.get(why)
    unanswered.delete(why)
    const asked = again ?? { call: newCall(), lane, ids }
    try {
      const answer = textsOf(await run('take', asked.call, asked.lane, ...asked.ids))
      const removed = answer.slice(1).map((record) => {
        return { lane: asked.lane, event_id: record && itemOf('', '', record).event_id }
      })
      return { removed, leased: Number(answer[0]), isAgain: again !== undefined }
    } catch (error) {
      unanswered.set(why, asked)
      throw error
    }
  }

  async function counts() {
    const counts: Record<string, PixelCounts> = {}
    const [waiting, dead] = listOf(await run('counts')).map(pairsOf)
    for (const [lane, found] of waiting ?? []) counts[lane] = { queued: Number(found), dead: 0 }
    for (const [lane, found] of dead ?? [])
      counts[lane] = { queued: counts[lane]?.queued ?? 0, dead: Number(found) }
    return counts
  }

  return {
    sharedAs: role,
    pollMs: 500,
    leaseMs,
    async put(items, time) {
      if (time.tickMs - checkedTick >= SETTINGS_MS) await checkSettings(time)
      const most = warned.has('memory_full') ? 0 : maxEvents
      const results: string[] = []
      for (const { step } of inSteps(items)) {
        const lines = step.map(({ key, lane, expiresAtMs }) => `${key}\n${lane}\n${expiresAtMs}\n`)
        const records = step.map(recordOf)
        const answer = await run('put', time.nowMs, most, newCall(), lines.join(''), ...records)
        results.push(...textsOf(answer))
      }
      return results as PutResult[]
    },
    async lease({ lane, maxEvents, maxBytes, leaseMs }) {
      const fence = newCall()
      const most = Math.min(maxEvents, MOST)
      const [next, found] = listOf(await run('lease', fence, lane, most, maxBytes, leaseMs))
      const items = textsOf(found).map((text) => leasedItem(lane, text, fence))
      for (const { id } of items) held.set(id, fence)
      const isDue = next !== '' && Number(next) <= 0
      if (items.length > 0) return { items, ...(isDue && { hasMore: true }) }
      return { items, ...(next !== '' && { nextDueInMs: Math.max(0, Number(next)) }) }
    },
    settle: (settlements, { nowMs }) => settle(settlements, nowMs),
    async renew(tokens, ms) {
      for (const { lane, step } of inSteps(tokens, ({ id }) => tokenParts(id).lane)) {
        const args = step.flatMap(({ id, fence }) => [tokenParts(id).entry, fence])
        await run('renew', ms, lane, ...args)
      }
    },
    async recover(time) {
      await checkSettings(time)
      const waiting = Object.entries(await counts()).filter(([, { queued }]) => queued > 0)
      return Object.fromEntries(waiting.map(([lane, { queued }]) => [lane, queued]))
    },
    dueLanes: async () => textsOf(await run('dueLanes')),
    async takeExpired(limit, { nowMs }) {
      const old = textsOf(await run('expired', nowMs, Math.min(limit, MOST)))
      const steps = inSteps(old, (one) => one.slice(one.indexOf(' ') + 1))
      if (unanswered.has('expired')) steps.unshift({ lane: '', step: [] })
      // One removal that removes something: if another failed after it, nothing would be said of this one.
      for (const { lane, step } of steps) {
        const ids = step.map((one) => one.slice(0, one.indexOf(' ')))
        const { removed } = await take('expired', lane, ids)
        const events = removed.filter((one) => one.lane !== DEAD)
        const losses = events.map((one) => ({ ...one, reason: 'expired' as const }))
        if (removed.length > 0) return { losses, hasMore: true }
      }
      return { losses: [] }
    },
    async readDead({ lane, ids, before = '' }, limit) {
      const found: DeadItem[] = []
      for (let from: string | undefined = before; from !== undefined; ) {
        const page = pairsOf(await run('page', DEAD, from, PAGE))
        for (const [id, letter] of page) {
          const one = letterOf(id, letter)
          const isWanted = (ids?.includes(id) ?? true) && (lane ?? one.item.lane) === one.item.lane
          if (isWanted && found.push(one) === limit) return found
        }
        from = page.length < PAGE ? undefined : page.at(-1)?.[0]
      }
      return found
    },
    async removeDead(ids) {
      let removed = 0
      for (const { step } of inSteps(ids.filter((id) => /^\d+-\d+$/.test(id))))
        removed += textsOf(await run('take', newCall(), DEAD, ...step)).length - 1
      return removed
    },
    /** Pixel by pixel, then the dead letters; each page begins behind an id of a lane. */
    async removeMatching(hashes, { limit, after = ' ' }) {
      const [from = '', lane = ''] = after.split(' ')
      const most = Math.min(limit, MOST)
      const entries = pairsOf(await run('page', lane, from, most))
      const isMatch = matcher(hashes)
      const ids = entries.filter(([, record]) => isMatch(record)).map(([id]) => id)
      const { removed, leased, isAgain } = await take('erased', lane, ids)
      const lanes = Object.keys(await counts()).sort()
      const last = entries.length === most ? entries.at(-1)?.[0] : undefined
      const later = lane === DEAD ? undefined : (lanes.find((name) => name > lane) ?? DEAD)
      const next = last === undefined ? later && ` ${later}` : `${last} ${lane}`
      const events = removed.filter((one) => one.lane !== DEAD)
      const found = { removed: events, dead: removed.length - events.length, leased }
      return { ...found, ...(isAgain ? { next: after } : next !== undefined && { next }) }
    },
    counts,
    async close() {
      const again = { kind: 'retry', delayMs: 0, isAttempt: false } as const
      const back = [...held].map(([id, fence]) => ({ ...again, token: { id, fence } }))
      if (!isClosed) await settle(back, 0).catch(() => {})
      isClosed = true
      await redis.close()
      return [] // Redis keeps everything.
    },
  }
}

interface Removal {
  readonly call: number
  readonly lane: string
  readonly ids: readonly string[]
}

/** Dead letters read at a time. */
const PAGE = 100
