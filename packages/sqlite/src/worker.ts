import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { outbox } from './outbox.ts'
import type { OutboxOptions, OutboxWarning } from './outbox-options.ts'
import type { OutboxFailure } from './outbox-problem.ts'
import type { Leases } from './owner.ts'
import type { Answer, Call, Report, Request } from './protocol.ts'

export interface WorkerData {
  readonly options: OutboxOptions
  readonly generation: number
  readonly leases: Leases
}

const LOCK_POLL_MS = 50

// The thread that owns the file. Whatever comes while one commit is under way shares the next.
const { options, generation, leases } = workerData as WorkerData
const incidents: OutboxWarning[] = []
const engine = outbox(options, (incident) => incidents.push(incident), generation, leases)
const waiting: Request[] = []
const patientUntilMs = performance.now() + options.lockTimeoutMs
let isPolling = false

function pump(): void {
  if (isPolling) return
  if (isWorthWaiting()) {
    isPolling = true
    setTimeout(() => {
      isPolling = false
      pump()
    }, LOCK_POLL_MS)
    return
  }
  const requests = waiting.splice(0)
  const calls = requests.filter((request): request is Call & Request => request.method !== 'close')
  const answers = calls.length === 0 ? [] : engine.handle(calls)
  if (calls.length < requests.length) {
    engine.close()
    answers.push({ value: undefined }) // Nothing comes after a close.
  }
  post(requests, answers)
}

/** A former process may still be letting go of the file. */
function isWorthWaiting(): boolean {
  if (performance.now() >= patientUntilMs) return false
  try {
    engine.open()
    return false
  } catch (error) {
    return (error as OutboxFailure).problem === 'locked'
  }
}

function post(requests: readonly Request[], answers: readonly Answer[]): void {
  const report: Report = {
    answers: answers.map((answer, n) => ({ ...answer, id: requests[n]?.id ?? 0 })),
    incidents: incidents.splice(0),
  }
  parentPort?.postMessage(report)
}

/** False where a thread cannot read its own port (Deno 2.9.6): what comes in one turn of the event loop then shares a commit. */
function takeMore(): boolean {
  if (parentPort === null) return false
  try {
    for (;;) {
      const more = receiveMessageOnPort(parentPort)
      if (more === undefined) return true
      waiting.push(...(more.message as readonly Request[]))
    }
  } catch {
    return false
  }
}

let isPumpDue = false

function pumpSoon(): void {
  if (isPumpDue) return
  isPumpDue = true
  setImmediate(() => {
    isPumpDue = false
    pump()
  })
}

parentPort?.on('message', (requests: readonly Request[]) => {
  waiting.push(...requests)
  if (takeMore()) pump()
  else pumpSoon()
})
