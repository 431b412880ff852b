import { parentPort, workerData } from 'node:worker_threads'
import {
  type DatabaseOptions,
  type IdentityDatabase,
  identityDatabase,
} from './identity-database.ts'
import { IdentityFailure } from './identity-file.ts'
import type { Answer, Call } from './identity-thread.ts'

// The thread that owns the file: what waits there for another process, or for the disk, holds up no request.
let database: IdentityDatabase | undefined

parentPort?.on('message', (call: Call) => parentPort?.postMessage(answer(call)))

function answer({ id, method, args }: Call): Answer {
  try {
    database ??= identityDatabase(workerData as DatabaseOptions)
    const ask = database[method] as (...given: readonly unknown[]) => unknown
    const value = ask(...args)
    // Nothing comes after a close; the thread ends with its last message.
    if (method === 'close') parentPort?.unref()
    return { id, value }
  } catch (error) {
    if (error instanceof IdentityFailure)
      return { id, problem: error.problem, message: error.message }
    // SQLite's own text holds no value of a row.
    const why = error instanceof Error ? error.message : 'unknown'
    return { id, problem: 'io', message: `The store failed: ${why}.` }
  }
}
