import type { Cause } from '../issue/cause.ts'
import { CapiStoreError } from '../issue/errors.ts'
import { attempt } from '../runtime/attempt.ts'
import { gatherAnswers } from './gather-answers.ts'
import { type Named, namedAmong } from './named-among.ts'
import { isOfOneEvent, problemOf } from './outbox-cause.ts'
import { AWAY_AFTER, outboxHealth } from './outbox-health.ts'
import type { OutboxItem, PutResult } from './outbox-port.ts'
import type { PutEnd, PutQueueContext } from './put-context.ts'
import { type PutAnswer, type PutEntry, putEntries } from './put-entries.ts'
import { putSuspects } from './put-suspects.ts'
import { sharedLimit } from './shared-limit.ts'
import { within } from './within.ts'

/** Calls on their way together; what comes meanwhile shares the next one. */
const AT_A_TIME = 4
/** Maximum events of one call. */
const MAX_EVENTS = 500
/** Events of a call that tries whether the outbox is back: one that hangs must not hold many. */
const PROBE_EVENTS = 10
/** A put that is repeated may still be on its way the first time: so long it must find itself again. */
const REMEMBER_MS = 600_000

export const PUT_RESULTS: readonly PutResult[] = ['accepted', 'duplicate', 'full']

/**
 * The way of events into the outbox. Puts of one moment share a call, and so a commit. While the outbox hangs or rejects,
 * events wait here, within bounds, and are put when it answers again, each once: one whose first put did take effect after
 * all is found again by its key. No caller waits for longer than `timeoutMs`, and none at all once the outbox is away.
 */
export type PutQueue = ReturnType<typeof putQueue>

export function putQueue(context: PutQueueContext) {
  const { clock, timeoutMs, onEnd } = context
  const limit = sharedLimit(clock, timeoutMs)
  const entries = putEntries(context)
  /** Failed, and not asked again before the timer or an answer. */
  const resting = new Set<PutEntry>()
  /** Refused for what they are, it seems. */
  const suspects = putSuspects(clock, start)
  let isReady = false
  let isClosed = false
  let isDue = false
  let running = 0
  /** Events that the outbox took or knew: whether it works while one is refused. */
  let taken = 0
  const health = outboxHealth(clock, onTimer)
  const { isAway } = health

  function end(entry: PutEntry, how: PutEnd, cause?: Cause): void {
    if (!entries.remove(entry)) return
    resting.delete(entry)
    suspects.delete(entry)
    onEnd(entry.item, how, cause)
    const result = how === 'erased' ? 'failed' : how
    entries.tell(entry, { result, ...(cause && { cause }) })
  }

  /** Its caller waits no longer. What does not fit is given up: it must not be sent any more. */
  function hold(entry: PutEntry): void {
    if (entries.hold(entry)) return
    if (entry.calls > 0 && !entries.wasTaken(entry)) context.onGivenUp(entry.item)
    end(entry, 'failed', health.lastCause() ?? { code: 'store_timeout' })
  }

  const isWaiting = (entry: PutEntry) =>
    !entry.isInCall && !resting.has(entry) && !suspects.has(entry)
  const nextCall = () =>
    isReady && !isClosed && !isAway() ? entries.group(MAX_EVENTS, isWaiting) : []

  function onAnswers(group: readonly PutEntry[], answers: readonly unknown[]): void {
    let isAnswer = false
    for (const [index, entry] of group.entries()) {
      const result = PUT_RESULTS.find((known) => known === answers[index])
      entry.isInCall = false
      if (result === undefined) rest(entry)
      else {
        isAnswer = true
        taken++
        // A call that everybody had given up put a second copy of it: that is taken out again.
        if (result === 'accepted' && !entries.has(entry)) context.onStray(entry.item)
        end(entry, entries.endOf(entry, result))
      }
    }
    if (!isAnswer)
      throw new CapiStoreError('unknown', 'The outbox did not say what became of the events.')
    onBack()
  }

  /** It may be in the outbox by now, or not. */
  function rest(entry: PutEntry): void {
    entry.isInCall = false
    if (!entries.has(entry)) return
    if (entry.hasLanded) end(entry, entries.endOf(entry, 'landed'))
    else {
      resting.add(entry)
      entries.moveBack(entry)
    }
  }

  /** One call. @returns what the outbox rejected with. */
  async function tryPut(group: readonly PutEntry[]): Promise<{ readonly error?: unknown }> {
    const untilMs = clock.now() + REMEMBER_MS
    const items = group.map((entry) => {
      entry.isInCall = true
      const { item } = entry
      if (++entry.calls === 1) return item
      context.onRepeat(item.key)
      return { ...item, rememberUntilMs: Math.max(item.rememberUntilMs, untilMs) }
    })
    try {
      const call = () => context.put(items)
      onAnswers(group, await within(limit, call, (late) => onAnswers(group, late)))
      return {}
    } catch (error) {
      // Undefined can be thrown too.
      return { error: error ?? null }
    }
  }

  async function ask(group: readonly PutEntry[]): Promise<void> {
    const { error } = await tryPut(group)
    if (error === undefined) return
    const isOnes = isOfOneEvent(error)
    if (isOnes) for (const entry of group) entry.takenBefore ??= taken
    if (isOnes && group.length > 1) await askEach(group)
    for (const entry of group) rest(entry)
    if (isOnes && group.filter((entry) => !suspect(entry)).length === 0) {
      // It says nothing of the outbox: whether that is back is asked again.
      if (isAway()) health.askLater()
      return
    }
    onTrouble(error, problemOf(error) === 'timeout')
  }

  async function askEach(group: readonly PutEntry[]): Promise<void> {
    const before = taken
    let refused = 0
    for (const entry of group) {
      // It takes none of them: it is the outbox after all.
      if (taken === before && refused >= AWAY_AFTER) return
      // It was handed out meanwhile: put again, it would be sent twice.
      if (entry.hasLanded) rest(entry)
      else if (entries.has(entry) && 'error' in (await tryPut([entry]))) refused++
    }
  }

  /** @returns whether it is the event's own fault, as far as is known: the outbox took others since it was refused first. */
  function suspect(entry: PutEntry): boolean {
    if (!entries.has(entry)) return true
    if (entry.takenBefore === taken) return false
    resting.delete(entry)
    hold(entry)
    if (entries.has(entry) && !suspects.add(entry)) end(entry, 'failed', { code: 'store_failed' })
    return true
  }

  function onTrouble(error: unknown, hasHung = false): void {
    health.fail(error, hasHung)
    context.onFailure(error)
    if (isAway()) for (const entry of entries.all()) hold(entry)
    if (!isReady || isClosed) return
    if (health.isMoment()) {
      resting.clear()
      startSoon()
    } else health.askLater()
  }

  function onBack(): void {
    health.recover()
    resting.clear()
    start()
  }

  function onTimer(): void {
    if (isAway()) void probe()
    else {
      resting.clear()
      start()
    }
  }

  async function probe(): Promise<void> {
    const mayTell = (entry: PutEntry) => !entry.isInCall && !suspects.has(entry)
    const group = entries.group(PROBE_EVENTS, mayTell)
    if (group.length > 0) return ask(group)
    try {
      await within(limit, () => context.look())
      onBack()
    } catch (error) {
      onTrouble(error)
    }
  }

  async function run(): Promise<void> {
    running++
    for (let group = nextCall(); group.length > 0; group = nextCall()) await ask(group)
    running--
  }

  function start(): void {
    isDue = false
    if (running < AT_A_TIME) void run()
  }

  function startSoon(): void {
    if (isDue || running >= AT_A_TIME) return
    isDue = true
    // What is tracked in one go travels together.
    queueMicrotask(start)
  }

  function add(item: OutboxItem, tell: (answer: PutAnswer) => void): void {
    if (entries.join(item, tell)) return
    const entry = entries.add(item, tell)
    if (isClosed) end(entry, 'failed', health.lastCause() ?? { code: 'store_closed' })
    else if (isAway()) hold(entry)
  }

  /** Callers wait no longer for these. */
  function onTime(items: readonly OutboxItem[]): void {
    for (const { key } of items) entries.withKey(key, hold)
    if (!isReady) onTrouble(new CapiStoreError('timeout', 'The outbox has not said what it holds.'))
  }

  return {
    isAway,
    cause: () => (isAway() ? health.lastCause() : undefined),
    figures: () => entries.figures(),

    /** One answer for each item, in time. Never rejects. */
    put: (items: readonly OutboxItem[]) =>
      gatherAnswers(items, {
        add,
        startSoon,
        startTimer: () => attempt(() => limit.clock.after(timeoutMs, () => onTime(items))),
      }),

    /** From now on the outbox takes events: until then they wait. */
    open(): void {
      isReady = true
      onBack()
    },

    onTrouble,

    /** The outbox handed this event out: one whose put got no answer is in it. */
    onLeased(key: string): void {
      entries.withKey(key, (entry) => {
        if (entry.calls === 0) return
        entry.hasLanded = true
        if (!entry.isInCall) rest(entry)
      })
    },

    /** Tries now. Resolves when what was on its way is in the outbox, or that is still away. */
    async flush(): Promise<void> {
      const all = [...entries.all()]
      if (!isReady || all.length === 0) return
      resting.clear()
      suspects.clear()
      if (isAway()) await probe()
      if (isAway()) return
      startSoon()
      await Promise.all(all.map((entry) => entries.settled(entry)))
    },

    /** Removes what matches: what was not put yet, or all of it, once the outbox was looked through. @returns their keys. */
    erase(isMatch: (body: string) => boolean, isAll: boolean): readonly string[] {
      const chosen = entries.matching((one) => (isAll || one.calls === 0) && isMatch(one.item.body))
      for (const entry of chosen) end(entry, 'erased')
      return chosen.map(({ item }) => item.key)
    },

    /** Keys of what matches and may be in the outbox. */
    matching: (isMatch: (body: string) => boolean) =>
      entries.matching(({ item }) => isMatch(item.body)).map(({ item }) => item.key),

    /** The outbox holds these, or did: what is held of them is in there. */
    onFound(found: readonly Named[]): void {
      for (const entry of namedAmong(entries.all(), found))
        end(entry, entries.endOf(entry, 'landed'))
    },

    /** Nothing is put any more. */
    stop(): void {
      isClosed = true
      health.stop()
    },

    /** Gives up all that is left, after `stop`. */
    close(): void {
      const cause = health.lastCause() ?? { code: 'store_closed' }
      for (const entry of entries.all()) end(entry, 'failed', cause)
      limit.stop()
    },
  }
}
