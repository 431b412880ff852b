import type { CapiOptions, Drop, Issue } from '@capi/core'
import { eventKey, type OutboxItem } from '@capi/core/outbox'
import type { CliError } from '../../shell/cli-error.ts'
import type { Exit } from '../../shell/exit-codes.ts'
import { orderMapper } from '../map/order.ts'
import { orderGrouper } from '../map/orders.ts'
import { REFUSALS } from '../map/outcome.ts'
import type { Plan } from '../map/plan.ts'
import { seenIds } from '../map/seen.ts'
import { readRows } from '../read/records.ts'
import type { Row, Shape } from '../read/row-splitter.ts'
import type { Place, SourceFile } from '../read/source-file.ts'
import { type Checkpoint, writeCheckpoint } from './checkpoint.ts'
import { createDelivery, type Delivery } from './delivery.ts'
import type { FailedFile } from './failed-file.ts'
import { pace } from './pace.ts'
import type { Standing } from './progress.ts'
import { type End, orderQueue } from './queue.ts'
import { readyEvent } from './ready-event.ts'
import { keepHeapSmall } from './small-heap.ts'
import { type Counts, noCounts, total } from './tally.ts'
import { type Watched, watch } from './watch.ts'

export interface UploadOptions {
  readonly file: SourceFile
  readonly shape: Shape
  readonly plan: Plan
  /** Absent: a dry run without one. */
  readonly pixelId: string | undefined
  readonly client: CapiOptions
  /** Nothing is sent, and no checkpoint is written. */
  readonly isDryRun: boolean
  readonly checkpoint: { readonly path: string; readonly found: Checkpoint | undefined }
  readonly failed: FailedFile | undefined
  readonly perSecond: number | undefined
  /** How long nothing may move before the run gives up. */
  readonly patienceMs: number
  readonly nowMs: number
  /** By the size of the file and of its first rows. */
  readonly expectedOrders: number
}

/** How a run ended. */
export interface Uploaded {
  readonly exit: Exit
  readonly counts: Counts
  /** Line of the last settled row. */
  readonly line: number
  /** Why it ended early. */
  readonly problem?: string
  /** What else is worth knowing. */
  readonly notes: readonly string[]
}

/** Orders held between reading and settling: enough for all connections, little to hold in memory. */
const MAX_HELD = 3_000
const MAX_CHARACTERS = 16 << 20
const CHECKPOINT_MS = 500
/** For what is on its way, after Ctrl-C. */
const LAST_WAIT_MS = 10_000

/** One upload of one file. */
export function createUpload(options: UploadOptions) {
  const { file, shape, plan, pixelId, isDryRun, failed, nowMs } = options
  const { found, path: checkpointPath } = options.checkpoint
  const lane = pixelId ?? '0'
  const map = orderMapper(plan, pixelId)
  const grouper = orderGrouper(plan)
  const seen = seenIds(options.expectedOrders)
  const counts: Counts = found === undefined ? noCounts() : structuredClone(found.counts)
  const queue = orderQueue(counts, (rows, code, fix) => failed?.add(rows, code, fix))
  const settledBefore = counts.orders
  const rowsBefore = counts.rows
  let rowsAgain = 0
  const limit = pace(options.perSecond)
  let orders = 0
  let items: OutboxItem[] = []
  let stopped: { readonly exit: Exit; readonly problem: string } | undefined
  let wakeUp = () => {}
  let writtenMs = performance.now()
  let watched: Watched | undefined
  /** What core logged, each line once. */
  const notes = new Set<string>()

  const stop = (exit: Exit, problem: string) => {
    stopped ??= { exit, problem }
    wakeUp()
  }
  /** Until an event is settled, or the run is stopped. */
  const moved = () =>
    new Promise<void>((resolve) => {
      wakeUp = resolve
    })
  const onMove = () => {
    queue.settle()
    watched?.moved()
    wakeUp()
  }

  /** What the rows become; undefined: they were settled by an earlier run. */
  function judge(rows: readonly Row[]): Judged | undefined {
    const isSettled = orders++ < settledBefore
    const outcome = map(rows)
    if (outcome.kind !== 'event') return isSettled ? undefined : { end: outcome }
    const { event_name, event_id } = outcome.input as { event_name: string; event_id: string }
    const key = eventKey({ lane, event_name, event_id })
    const isNew = seen.add(key)
    if (isSettled) return undefined
    if (!isNew) return { end: REPEATED }
    const phoneCountry = plan.answers.country
    const { item, issues } = readyEvent(outcome.input, { lane, key, nowMs, phoneCountry })
    if (item === undefined) return { end: refusedBy(issues) }
    const { warnings } = outcome
    const isClean = issues.length === 0
    return { item, warnings: isClean ? warnings : [...warnings, ...issues.map(({ code }) => code)] }
  }

  function take(rows: readonly Row[], place: Place): void {
    const judged = judge(rows)
    if (judged === undefined) {
      rowsAgain += rows.length
      if (orders === settledBefore && rowsAgain !== rowsBefore) stop('usage', OTHER_ORDERS)
      return
    }
    const { item, end, warnings = [] } = judged
    const order = { rows, warnings, place }
    if (item === undefined) queue.ended(order, end ?? REPEATED)
    else if (isDryRun) queue.ended(order, { kind: 'delivered' })
    else {
      queue.waits(order, item.event_id, item.body.length)
      items.push(item)
    }
  }

  async function send(delivery: Delivery | undefined): Promise<void> {
    const all = items
    items = []
    for (let at = 0; at < all.length && stopped === undefined; at += limit.step) {
      const some = limit.step >= all.length ? all : all.slice(at, at + limit.step)
      await limit.wait(some.length)
      await delivery?.put(some)
    }
  }

  async function save(isFinished = false): Promise<void> {
    const { place, line } = queue.settledTo()
    const settled = structuredClone(counts)
    writtenMs = performance.now()
    const failedBytes = (await failed?.flush()) ?? 0
    if (isDryRun) return
    await writeCheckpoint(checkpointPath, {
      version: 1,
      file: file.path,
      pixelId: lane,
      place: place ?? found?.place,
      line: line || (found?.line ?? 0),
      counts: settled,
      failedBytes,
      ...(failed !== undefined && { failed: failed.path }),
      isFinished,
      writtenAt: new Date().toISOString(),
    })
  }

  const saveNowAndThen = async () => {
    if (performance.now() - writtenMs > CHECKPOINT_MS) await save()
  }

  async function read(delivery: Delivery | undefined): Promise<void> {
    let last: Place | undefined
    for await (const { rows, place } of readRows(file, shape, file.hasChanged)) {
      last = place
      for (const order of grouper.push(rows)) take(order, place)
      if (stopped !== undefined) return
      await send(delivery)
      await saveNowAndThen()
      while (isFull() && stopped === undefined) await moved()
      if (stopped !== undefined) return
    }
    // Of a file that grows, the last order may have more rows.
    const isWhole = !(await file.hasChanged())
    if (isWhole && last !== undefined) for (const order of grouper.end()) take(order, last)
    await send(delivery)
    while (queue.waitingCount() > 0 && stopped === undefined) {
      await moved()
      await saveNowAndThen()
    }
    if (!isWhole && stopped === undefined)
      stop(
        'partial',
        `${file.path} changed while it was read. Wait until it is written, then run the same command with --resume.`,
      )
  }

  const isFull = () => queue.held() > MAX_HELD || queue.characters() > MAX_CHARACTERS

  async function settleRest(): Promise<void> {
    const untilMs = performance.now() + LAST_WAIT_MS
    const timer = setTimeout(() => wakeUp(), LAST_WAIT_MS)
    while (queue.waitingCount() > 0 && performance.now() < untilMs) await moved()
    clearTimeout(timer)
  }

  function onDropped({ reason, event_ids, cause }: Drop): void {
    // What the end of the run leaves in the outbox is not settled.
    if (reason === 'closed') return
    const code = cause?.code ?? (reason === 'expired' ? 'event_time_too_old' : reason)
    const fix =
      reason === 'rejected'
        ? 'Meta refuses this event for what is in it. Look the code up, correct the row and import it again.'
        : 'The event grew too old while it waited.'
    for (const event_id of event_ids) queue.end(event_id, { kind: 'refused', code, fix })
    onMove()
  }

  return {
    /** Ctrl-C: nothing more is read, what is on its way is waited for. */
    interrupt: () => stop('interrupted', 'Stopped by Ctrl-C.'),
    standing: (): Standing => ({
      part:
        file.size === 0
          ? 1
          : (queue.settledTo().place?.endBytes ?? found?.place?.endBytes ?? 0) / file.size,
      delivered: counts.delivered,
      refused: total(counts.refused),
      rows: counts.rows,
      waits: watched?.waits(),
    }),

    /** Never rejects: what went wrong is in `problem`. */
    async run(): Promise<Uploaded> {
      const log = (line: string) => void notes.add(line.replace(/^@capi\/core: /, ''))
      let delivery: Delivery | undefined
      let hasBegun = false
      const letHeapGrow = keepHeapSmall()
      try {
        delivery = isDryRun
          ? undefined
          : createDelivery({
              client: options.client,
              pixelId: lane,
              logger: { warn: log, error: log },
              onDropped,
              onDelivered({ event_ids }) {
                for (const event_id of event_ids) queue.end(event_id, { kind: 'delivered' })
                onMove()
              },
            })
        // Where it cannot be kept, this shows before the first row is sent.
        await save()
        hasBegun = true
        watched =
          delivery &&
          watch(delivery, options.patienceMs, (exit, why) => stop(exit, [...notes].at(-1) ?? why))
        await read(delivery)
        if (stopped?.exit === 'interrupted') await settleRest()
        await save(stopped === undefined)
      } catch (error) {
        const { message } = error as CliError
        if (hasBegun) stop('partial', message)
        else stop('usage', `${message} Nothing was sent.`)
      } finally {
        watched?.end()
        letHeapGrow()
        await delivery?.close()
        await failed?.close().catch(() => {})
      }
      const line = queue.settledTo().line || (found?.line ?? 0)
      const isPartial = total(counts.refused) > 0
      const logged = [...notes].filter((note) => note !== stopped?.problem)
      const exit = isPartial ? (isDryRun ? 'gate' : 'partial') : 'ok'
      return { exit, ...stopped, counts, line, notes: logged }
    },
  }
}

interface Judged {
  readonly item?: OutboxItem
  readonly end?: End
  readonly warnings?: readonly string[]
}

function refusedBy(issues: readonly Issue[]): End {
  const {
    code = 'invalid',
    message = '',
    fix = '',
  } = issues.find(({ severity }) => severity === 'error') ?? {}
  return { kind: 'refused', code, fix: `${message} ${fix}` }
}

const OTHER_ORDERS =
  'The rows make other orders than in the run before: another column groups them. Pass the options of that run, or --restart to begin anew.'

const REPEATED: End = { kind: 'refused', code: 'order_repeated', fix: REFUSALS.order_repeated }
