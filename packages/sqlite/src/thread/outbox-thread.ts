import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { CapiStoreError } from '@capi/core'
import { workerFile } from '@capi/core/adapter'
import type { Lease, Loss, PutResult } from '@capi/core/outbox'
import type { OutboxOptions, OutboxWarning } from '../outbox-options.ts'
import type { Leases } from './owner.ts'
import {
  type Call,
  type Close,
  type Operation,
  type Operations,
  pack,
  type Report,
  type Request,
  timeOf,
} from './protocol.ts'
import type { WorkerData } from './worker.ts'

/** The caller's end of the thread that owns the file. */
export interface OutboxThread {
  /** Calls of the same tick travel together. @throws CapiStoreError */
  call<O extends Operation>(
    method: O,
    ...args: Parameters<Operations[O]>
  ): Promise<ReturnType<Operations[O]>>
  /** Waits for what was called before. @returns what cannot be kept. */
  close(): Promise<readonly Loss[]>
}

interface Pending {
  readonly call: Call | Close
  readonly size: Size
  /** A thread died while it was asked. */
  readonly isRepeat: boolean
  readonly resolve: (value: unknown) => void
  readonly reject: (error: CapiStoreError) => void
}

/** Of a put: what it holds in memory until it is answered. */
interface Size {
  readonly events: number
  readonly bytes: number
}

function sizeOf({ method, args }: Call | Close): Size {
  let bytes = 0
  if (method !== 'put') return { events: 0, bytes }
  for (const { body } of args[0]) bytes += body.length
  return { events: args[0].length, bytes }
}

/** After a thread that died before it answered anything: no other is started sooner. */
const RESTART_MS = 1_000

/** Not the host's flags; and Node 22 and 24 need not tell every user that its SQLite is young. */
const EXEC_ARGV = ['--disable-warning=ExperimentalWarning']

function startWorker(file: URL, workerData: WorkerData): Worker {
  const options = { name: 'capi-outbox', workerData }
  try {
    return new Worker(file, { ...options, execArgv: EXEC_ARGV })
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_WORKER_INVALID_EXEC_ARGV') throw error
    return new Worker(file, options) // Deno (2.9.6) takes no flags for a thread.
  }
}

const ENDED = 'The outbox thread ended unexpectedly; a later call starts another.'

const BUSY = (path: string, calls: number) =>
  `The outbox ${path} has not answered ${calls} calls, and holds as much in memory as it may: the disk hangs or is too slow. ` +
  'The event was not taken. Check the disk.'

export function outboxThread(
  options: OutboxOptions,
  onWarning: (incident: OutboxWarning) => void,
): OutboxThread {
  const file = workerFile({
    name: 'sqliteOutbox',
    from: '@capi/sqlite',
    here: import.meta.url,
    source: 'worker',
    built: 'capi-sqlite-worker',
    exists: existsSync,
  })
  const pending = new Map<number, Pending>()
  let unsent: Request[] = []
  let worker: Worker | undefined
  let generation = 0
  let nextId = 1
  let closing: Promise<readonly Loss[]> | undefined
  const handedOver = { events: 0, bytes: 0 }
  let tick = 0
  let brokenUntilTick = Number.NEGATIVE_INFINITY
  /** On this side too: they outlive the thread, so that no other hands out what is on its way. */
  const leases: Leases = new Map()

  function start(): Worker {
    const data: WorkerData = { options, generation: ++generation, leases }
    const started = startWorker(file, data)
    let why: unknown
    let hasAnswered = false
    started.unref()
    started.on('message', (report: Report) => {
      hasAnswered = true
      receive(started, report)
    })
    started.on('error', (error) => {
      why = error
    })
    started.on('exit', () => {
      if (worker !== started) return
      worker = undefined
      if (!hasAnswered) brokenUntilTick = tick + RESTART_MS
      endAll(new CapiStoreError('unknown', ENDED, why))
    })
    return started
  }

  /** Whether a put was committed nobody can tell: it is asked again, once, and is then a duplicate of itself. */
  function endAll(error: CapiStoreError): void {
    const asked = [...pending.values()]
    for (const id of pending.keys()) take(id)
    unsent = []
    for (const { call, isRepeat, resolve, reject } of asked) {
      if (call.method === 'put' && !isRepeat && tick >= brokenUntilTick)
        ask(call, true).then((results) => resolve((results as PutResult[]).map(taken)), reject)
      else reject(error)
    }
  }

  function take(id: number): Pending | undefined {
    const asked = pending.get(id)
    pending.delete(id)
    handedOver.events -= asked?.size.events ?? 0
    handedOver.bytes -= asked?.size.bytes ?? 0
    return asked
  }

  /** The thread may hang with the disk: the bounds of the file do not hold there, for nobody looks. */
  function refuseTooMany({ events, bytes }: Size): void {
    const most = options.maxHandedOver
    // The first one goes whatever its size.
    const isFirst = handedOver.events === 0 || events === 0
    const fits = handedOver.events + events <= most.events && handedOver.bytes + bytes <= most.bytes
    if (pending.size >= most.calls || !(isFirst || fits))
      throw new CapiStoreError('busy', BUSY(options.path, pending.size))
  }

  /** Which items are on their way, as the answers tell. */
  function note({ method, args }: Call | Close, value: unknown): void {
    if (method === 'recover') leases.clear()
    if (method === 'settle') for (const { token } of args[0]) leases.delete(Number(token.id))
    if (method !== 'lease') return
    const [{ lane, leaseMs }, { tickMs }] = args
    for (const { id, fence } of (value as Lease).items)
      leases.set(Number(id), { lane, fence, untilTick: tickMs + leaseMs })
  }

  function receive(from: Worker, { answers, incidents }: Report): void {
    for (const packed of answers) {
      const answer = 'id' in packed ? packed : { value: packed[1] }
      const asked = take('id' in packed ? packed.id : packed[0])
      if (asked !== undefined && 'value' in answer) {
        note(asked.call, answer.value)
        asked.resolve(answer.value)
      }
      if ('problem' in answer) asked?.reject(new CapiStoreError(answer.problem, answer.message))
    }
    // An idle outbox does not keep the process alive; one that owes an answer does.
    if (pending.size === 0) from.unref()
    for (const incident of incidents) onWarning(incident)
  }

  function send(): void {
    const requests = unsent
    unsent = []
    if (requests.length === 0) return
    try {
      worker?.postMessage(requests.map(pack))
    } catch (cause) {
      // What cannot be copied cannot be kept, and must not end the process from a microtask.
      const error = new CapiStoreError('unknown', 'An event holds what cannot be stored.', cause)
      for (const { id } of requests) take(id)?.reject(error)
      if (pending.size === 0) worker?.unref()
    }
  }

  function running(): Worker {
    if (worker === undefined && tick < brokenUntilTick) throw new CapiStoreError('unknown', ENDED)
    try {
      worker ??= start()
      return worker
    } catch (cause) {
      throw new CapiStoreError('unknown', 'The outbox thread could not be started.', cause)
    }
  }

  async function ask(call: Call | Close, isRepeat = false): Promise<unknown> {
    tick = Math.max(tick, timeOf(call)?.tickMs || 0)
    const size = sizeOf(call)
    if (call.method !== 'close' && !isRepeat) refuseTooMany(size)
    const thread = running()
    if (pending.size === 0) thread.ref()
    handedOver.events += size.events
    handedOver.bytes += size.bytes
    const id = nextId++
    if (unsent.length === 0) queueMicrotask(send)
    unsent.push({ id, ...call })
    return new Promise((resolve, reject) =>
      pending.set(id, { call, size, isRepeat, resolve, reject }),
    )
  }

  async function close(): Promise<readonly Loss[]> {
    if (worker === undefined) return []
    const closed = worker
    // If it ended by itself, nothing is left to close.
    const losses = await ask({ method: 'close', args: [] }).catch(() => [])
    worker = undefined
    await closed.terminate()
    return losses as readonly Loss[]
  }

  return {
    async call(method, ...args) {
      if (closing !== undefined) throw new CapiStoreError('closed', 'The outbox is closed.')
      return (await ask({ method, args } as unknown as Call)) as ReturnType<
        Operations[typeof method]
      >
    },
    close() {
      closing ??= close()
      return closing
    },
  }
}

const taken = (result: PutResult): PutResult => (result === 'duplicate' ? 'accepted' : result)
