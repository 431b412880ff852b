import { parentPort, workerData } from 'node:worker_threads'
import type { OutboxOptions, OutboxWarning } from '../outbox-options.ts'
import { outboxEngine } from './outbox-engine.ts'
import type { Leases } from './owner.ts'
import type { Answer, Call, Report, Request } from './protocol.ts'

export interface WorkerData {
  readonly options: OutboxOptions
  readonly generation: number
  readonly leases: Leases
}

// The thread that owns the file. Whatever comes while one commit is under way shares the next.
const { options, generation, leases } = workerData as WorkerData
const incidents: OutboxWarning[] = []
const engine = outboxEngine(options, (one) => incidents.push(one), generation, leases)
const waiting: Request[] = []

function work(): void {
  const requests = waiting.splice(0)
  const calls = requests.filter((request): request is Call & Request => request.method !== 'close')
  const answers: Answer[] = calls.length === 0 ? [] : engine.handle(calls)
  if (calls.length < requests.length) {
    engine.close()
    answers.push({ value: undefined }) // Nothing comes after a close.
  }
  const report: Report = {
    answers: answers.map((answer, n) => ({ ...answer, id: requests[n]?.id ?? 0 })),
    incidents: incidents.splice(0),
  }
  parentPort?.postMessage(report)
}

parentPort?.on('message', (requests: readonly Request[]) => {
  // All messages that are there come in one turn of the event loop.
  if (waiting.length === 0) setImmediate(work)
  waiting.push(...requests)
})
