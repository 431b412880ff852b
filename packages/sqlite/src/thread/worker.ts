import { parentPort, workerData } from 'node:worker_threads'
import type { PutResult } from '@capi/core/outbox'
import type { OutboxOptions, OutboxWarning } from '../outbox-options.ts'
import { ownFileEngine } from './own-file.ts'
import type { Leases } from './owner.ts'
import {
  type Answer,
  type Call,
  type Packed,
  type PackedAnswer,
  type Report,
  type Request,
  unpack,
} from './protocol.ts'

export interface WorkerData {
  readonly options: OutboxOptions
  readonly generation: number
  readonly leases: Leases
}

// The thread that owns the file. Whatever comes while one commit is under way shares the next.
const { options, generation, leases } = workerData as WorkerData
const incidents: OutboxWarning[] = []
const engine = ownFileEngine(options, (one) => incidents.push(one), generation, leases)
const waiting: Request[] = []

function work(): void {
  const requests = waiting.splice(0)
  const calls = requests.filter((request): request is Call & Request => request.method !== 'close')
  const answers: Answer[] = calls.length === 0 ? [] : engine.handle(calls)
  if (calls.length < requests.length) {
    answers.push({ value: engine.close() }) // Nothing comes after a close.
  }
  post(answers.map((answer, n) => packed(answer, requests[n])))
  keepUp()
}

function packed(answer: Answer, request: Request | undefined): PackedAnswer {
  const id = request?.id ?? 0
  if (request?.method === 'put' && 'value' in answer) return [id, answer.value as PutResult[]]
  return { ...answer, id }
}

function post(answers: Report['answers']): void {
  const report: Report = { answers, incidents: incidents.splice(0) }
  parentPort?.postMessage(report)
}

let isKeepingUp = false

/** While no call is there. */
function keepUp(): void {
  if (isKeepingUp) return
  isKeepingUp = true
  setImmediate(() => {
    isKeepingUp = false
    const hasMore = waiting.length > 0 || engine.step()
    if (incidents.length > 0) post([])
    if (hasMore) keepUp()
  })
}

parentPort?.on('message', (requests: readonly Packed[]) => {
  // All messages that are there come in one turn of the event loop.
  if (waiting.length === 0) setImmediate(work)
  waiting.push(...requests.map(unpack))
})
