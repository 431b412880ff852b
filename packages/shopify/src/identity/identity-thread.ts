import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { CapiStoreError } from '@capi/core'
import { workerFile } from '@capi/core/adapter'
import type { DatabaseOptions, IdentityDatabase } from './identity-database.ts'

type Method = keyof IdentityDatabase

/** What is posted to the thread. */
export interface Call {
  readonly id: number
  readonly method: Method
  readonly args: readonly unknown[]
}

/** What the thread posts. */
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly problem: string; readonly message: string }

/** The caller's end of the thread that owns the file. */
export interface IdentityThread {
  /** @throws CapiStoreError */
  call<M extends Method>(
    method: M,
    ...args: Parameters<IdentityDatabase[M]>
  ): Promise<ReturnType<IdentityDatabase[M]>>
  /** Waits for what was called before. Harmless twice. */
  close(): Promise<void>
}

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: CapiStoreError) => void
}

/** A disk that hangs must not fill the memory. */
const MAX_PENDING = 1_000

const ENDED =
  'The thread of a store of @capi/shopify ended unexpectedly; a later call starts another.'

/** Not the host's flags; and Node 22 and 24 need not tell every user that its SQLite is young. */
const EXEC_ARGV = ['--disable-warning=ExperimentalWarning']

function startWorker(file: URL, workerData: DatabaseOptions): Worker {
  const given = { name: 'capi-identity', workerData }
  try {
    return new Worker(file, { ...given, execArgv: EXEC_ARGV })
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_WORKER_INVALID_EXEC_ARGV') throw error
    return new Worker(file, given) // Deno (2.9.6) takes no flags for a thread.
  }
}

export function identityThread(options: DatabaseOptions): IdentityThread {
  const file = workerFile({
    name: 'The store in a SQLite file',
    from: '@capi/shopify',
    here: import.meta.url,
    source: 'identity-worker',
    built: 'capi-identity-worker',
    exists: existsSync,
  })
  const pending = new Map<number, Pending>()
  let worker: Worker | undefined
  let nextId = 1
  let closing: Promise<void> | undefined

  function start(): Worker {
    const started = startWorker(file, options)
    let why: unknown
    started.on('message', (answer: Answer) => receive(started, answer))
    started.on('error', (error) => {
      why = error
    })
    started.on('exit', () => {
      if (worker !== started) return
      worker = undefined
      for (const { reject } of pending.values()) reject(new CapiStoreError('unknown', ENDED, why))
      pending.clear()
    })
    return started
  }

  function receive(from: Worker, answer: Answer): void {
    const asked = pending.get(answer.id)
    pending.delete(answer.id)
    // An idle store does not keep the process alive; one that owes an answer does.
    if (pending.size === 0) from.unref()
    if ('value' in answer) asked?.resolve(answer.value)
    else asked?.reject(new CapiStoreError(answer.problem, answer.message))
  }

  function ask(method: Method, args: readonly unknown[]): Promise<unknown> {
    worker ??= start()
    worker.ref()
    const call: Call = { id: nextId++, method, args }
    const answered = new Promise((resolve, reject) => pending.set(call.id, { resolve, reject }))
    worker.postMessage(call)
    return answered
  }

  async function close(): Promise<void> {
    const closed = worker
    if (closed === undefined) return
    await ask('close', []).catch(() => {}) // It ended by itself: nothing is left to close.
    worker = undefined
    await closed.terminate()
  }

  return {
    async call(method, ...args) {
      if (closing !== undefined) throw new CapiStoreError('closed', 'The store is closed.')
      if (pending.size >= MAX_PENDING)
        throw new CapiStoreError('timeout', 'The store does not answer: is its disk at work?')
      return (await ask(method, args)) as ReturnType<IdentityDatabase[typeof method]>
    },
    close() {
      closing ??= close()
      return closing
    },
  }
}
