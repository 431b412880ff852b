import type {
  Lease,
  LeaseToken,
  Outbox,
  OutboxItem,
  PutResult,
  Settlement,
  SettleResult,
  Time,
} from '@capi/core/outbox'
import { groupsOf, inSteps, listOf, MOST, textsOf } from './answers.ts'
import { readLetters } from './dead-letters.ts'
import { itemOf, leasedItem, recordOf, tokenParts, verdictOf } from './event-entry.ts'
import { type RedisOutboxOptions, resolveOptions } from './outbox-options.ts'
import { storeError } from './outbox-problem.ts'
import { redisClient } from './redis-client.ts'
import { removeMatching } from './remove-matching.ts'
import { SCRIPTS, type ScriptName } from './scripts.ts'
import { readSettings } from './settings.ts'

export type Run = (script: ScriptName, ...args: (string | number)[]) => Promise<unknown>

/** How often the settings and the memory of Redis are looked at, by those who put. */
const SETTINGS_MS = 1_000

/**
 * An outbox on Redis or Valkey that any number of processes share: what `track` accepted is delivered by whichever worker
 * comes to it, also when the one that had it died. A call rejects with a `CapiStoreError` whose `problem` says why.
 * @example
 * createCapi({ ...optionsFromEnv(process.env), outbox: redisOutbox({ connection: new Redis() }) })
 * @throws CapiConfigError when an option is malformed. The first call connects.
 */
export function redisOutbox(options: RedisOutboxOptions): Outbox {
  const { connection, root, role, maxEvents, maxMemoryShare, leaseMs, onWarning } =
    resolveOptions(options)
  const client = redisClient(connection)
  const owner = globalThis.crypto.randomUUID().slice(0, 8)
  const warned = new Set<string>()
  let calls = 0
  let isClosed = false
  let isFull = false
  let checkedTick: number | undefined
  const unanswered = new Map<ScriptName, { readonly what: string; readonly call: string }>()
  /** Leased and not settled: the next worker need not wait for the end of their leases when this one closes. */
  const held = new Map<string, LeaseToken>()

  const newCall = () => `${owner}${(calls++).toString(36)}.`
  const run: Run = async (script, ...args) => {
    if (isClosed) throw storeError('closed')
    return client.run(SCRIPTS[script], root, args)
  }

  /** For what must be reported although an answer was lost: the next call asks under the same name, and gets it. */
  const runOnce: Run = async (script, ...args) => {
    const what = script === 'takeExpired' ? '' : args.join(' ')
    const failed = unanswered.get(script)
    unanswered.delete(script)
    const call = failed?.what === what ? failed.call : newCall()
    try {
      return await run(script, call, ...args)
    } catch (error) {
      unanswered.set(script, { what, call })
      throw error
    }
  }

  const isChecked = ({ tickMs }: Time) =>
    checkedTick !== undefined && tickMs - checkedTick < SETTINGS_MS

  async function checkSettings({ tickMs }: Time): Promise<void> {
    const settings = readSettings(String(await run('info')), maxMemoryShare)
    checkedTick = tickMs
    if (isFull && !settings.isFull) warned.delete('memory_full')
    isFull = settings.isFull
    for (const warning of settings.warnings) {
      if (!warned.has(warning.kind)) onWarning(warning)
      warned.add(warning.kind)
    }
  }

  async function putStep(items: readonly OutboxItem[], { nowMs }: Time) {
    const index = items.map(({ key, lane, expiresAtMs }) => `${key}\n${lane}\n${expiresAtMs}\n`)
    const most = isFull ? 0 : maxEvents
    const args = [nowMs, most, newCall(), index.join(''), ...items.map(recordOf)]
    return textsOf(await run('put', ...args)) as readonly PutResult[]
  }

  async function settle(settlements: readonly Settlement[], { nowMs }: Time) {
    const results: SettleResult[] = []
    const asked = settlements.map((settlement, index) => {
      return { index, settlement, ...tokenParts(settlement.token.id) }
    })
    for (const step of inSteps(asked, ({ lane }) => lane)) {
      const lines = step.map(({ settlement, entry, key, rememberUntilMs }) => {
        const verdict = verdictOf(settlement, rememberUntilMs, nowMs)
        return `${entry}\n${settlement.token.fence}\n${key}\n${verdict}\n`
      })
      const answer = await run('settle', nowMs, step[0]?.lane ?? '', lines.join(''))
      const outcomes = textsOf(answer) as readonly SettleResult[]
      for (const [n, { index, settlement }] of step.entries()) {
        results[index] = outcomes[n] ?? 'unknown'
        held.delete(settlement.token.id)
      }
    }
    return results
  }

  async function counts() {
    const [waiting, letters] = listOf(await run('counts'))
    const found = new Map<string, { queued: number; dead: number }>()
    const of = (lane: string) => {
      const known = found.get(lane) ?? { queued: 0, dead: 0 }
      found.set(lane, known)
      return known
    }
    for (const [lane = '', queued] of groupsOf(waiting, 2)) of(lane).queued = Number(queued)
    for (const lane of textsOf(letters)) of(lane).dead++
    return found
  }

  return {
    sharedAs: role,
    pollMs: 500,
    leaseMs,
    async put(items, time) {
      if (isClosed) throw storeError('closed')
      if (items.length === 0) return []
      if (!isChecked(time)) await checkSettings(time)
      const results: PutResult[] = []
      for (const step of inSteps(items)) results.push(...(await putStep(step, time)))
      return results
    },
    async lease({ lane, maxEvents, maxBytes, leaseMs }): Promise<Lease> {
      const most = Math.min(maxEvents, MOST)
      const answer = await run('lease', newCall(), lane, most, maxBytes, leaseMs)
      const [next, more, fence, entries] = listOf(answer)
      const items = textsOf(entries).map((text) => leasedItem(lane, text, Number(fence)))
      for (const { id, fence } of items) held.set(id, { id, fence })
      if (items.length > 0) return { items, ...(Number(more) === 1 && { hasMore: true }) }
      return { items, ...(next !== '' && { nextDueInMs: Math.max(0, Number(next)) }) }
    },
    settle,
    async renew(tokens, ms) {
      for (const step of inSteps(tokens, ({ id }) => tokenParts(id).lane)) {
        const args = step.flatMap(({ id, fence }) => [tokenParts(id).entry, fence])
        await run('renew', ms, tokenParts(step[0]?.id ?? '').lane, ...args)
      }
    },
    async recover(time) {
      await checkSettings(time)
      const waiting = [...(await counts())].filter(([, { queued }]) => queued > 0)
      return Object.fromEntries(waiting.map(([lane, { queued }]) => [lane, queued]))
    },
    dueLanes: async () => textsOf(await run('dueLanes')),
    async takeExpired(limit, { nowMs }) {
      const answer = listOf(await runOnce('takeExpired', nowMs, Math.min(limit, MOST)))
      const losses = groupsOf(answer.slice(1), 2).map(([lane = '', record = '']) => {
        return { lane, event_id: itemOf(lane, '', record).event_id, reason: 'expired' as const }
      })
      return { losses, ...(Number(answer[0]) === 1 && { hasMore: true }) }
    },
    readDead: (filter, limit) => readLetters(run, filter, limit),
    async removeDead(ids) {
      let removed = 0
      for (const step of inSteps(ids))
        removed += Number(textsOf(await runOnce('removeDead', ...step))[0])
      return removed
    },
    removeMatching: (hashes, page) => removeMatching(runOnce, hashes, page),
    counts: async () => Object.fromEntries(await counts()),
    async close() {
      const back = [...held.values()].map((token) => {
        return { kind: 'retry', token, delayMs: 0, isAttempt: false } as const
      })
      if (!isClosed) await settle(back, { tickMs: 0, nowMs: 0 }).catch(() => {})
      isClosed = true
      await client.close()
      return [] // Redis keeps everything.
    },
  }
}
