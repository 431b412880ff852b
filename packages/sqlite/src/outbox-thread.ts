import { Worker } from 'node:worker_threads'
import { CapiStoreError } from '@capi/core'
import type { Call, Close, Operation, Operations, Report, Request } from './protocol.ts'
import type { OutboxOptions, StoreIncident } from './store-options.ts'
import type { WorkerData } from './worker.ts'

/** The caller's end of the thread that owns the file. */
export interface OutboxThread {
  /** Calls of the same tick travel together. @throws CapiStoreError */
  call<O extends Operation>(
    method: O,
    ...args: Readonly<Parameters<Operations[O]>>
  ): Promise<ReturnType<Operations[O]>>
  /** Waits for what was called before. */
  close(): Promise<void>
}

interface Pending {
  resolve(value: unknown): void
  reject(error: CapiStoreError): void
}

/** Beside this file, under the same kind of name: `.ts` in the sources, `.js` and `.cjs` when built. */
const WORKER = new URL(`./worker${/\.[cm]?[jt]s$/.exec(import.meta.url)?.[0]}`, import.meta.url)

const ENDED =
  'The outbox thread ended unexpectedly; what was not answered did not happen, and the next call ' +
  'starts another. If your code is bundled, keep @capi/sqlite out of the bundle.'

export function outboxThread(
  options: OutboxOptions,
  onIncident: (incident: StoreIncident) => void,
): OutboxThread {
  const pending = new Map<number, Pending>()
  let unsent: Request[] = []
  let worker: Worker | undefined
  let generation = 0
  let nextId = 1
  let closing: Promise<void> | undefined

  function start(): Worker {
    const data: WorkerData = { options, generation: ++generation }
    const started = new Worker(WORKER, {
      name: 'capi-outbox',
      workerData: data,
      // Not the host's flags; and Node 22 and 24 need not tell every user that its SQLite is young.
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    let why: unknown
    started.unref()
    started.on('message', (report: Report) => receive(started, report))
    started.on('error', (error) => {
      why = error
    })
    started.on('exit', () => {
      if (worker !== started) return
      worker = undefined
      const error = new CapiStoreError('unknown', ENDED, why)
      for (const asked of pending.values()) asked.reject(error)
      pending.clear()
      unsent = []
    })
    return started
  }

  function receive(from: Worker, { answers, incidents }: Report): void {
    for (const { id, ...answer } of answers) {
      const asked = pending.get(id)
      pending.delete(id)
      if ('value' in answer) asked?.resolve(answer.value)
      else asked?.reject(new CapiStoreError(answer.problem, answer.message))
    }
    // An idle store does not keep the process alive; one that owes an answer does.
    if (pending.size === 0) from.unref()
    for (const incident of incidents) onIncident(incident)
  }

  function send(): void {
    const requests = unsent
    unsent = []
    if (requests.length === 0) return
    try {
      worker?.postMessage(requests)
    } catch (cause) {
      // What cannot be copied cannot be kept, and must not end the process from a microtask.
      const error = new CapiStoreError('unknown', 'An event holds what cannot be stored.', cause)
      for (const { id } of requests) {
        pending.get(id)?.reject(error)
        pending.delete(id)
      }
      if (pending.size === 0) worker?.unref()
    }
  }

  function running(): Worker {
    try {
      worker ??= start()
      return worker
    } catch (cause) {
      throw new CapiStoreError('unknown', 'The outbox thread could not be started.', cause)
    }
  }

  async function ask(call: Call | Close): Promise<unknown> {
    const thread = running()
    if (pending.size === 0) thread.ref()
    const id = nextId++
    if (unsent.length === 0) queueMicrotask(send)
    unsent.push({ id, ...call })
    return new Promise((resolve, reject) => pending.set(id, { resolve, reject }))
  }

  async function close(): Promise<void> {
    if (worker === undefined) return
    const closed = worker
    await ask({ method: 'close', args: [] }).catch(() => {}) // It ended by itself: nothing is left to close.
    worker = undefined
    await closed.terminate()
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
