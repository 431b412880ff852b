import { fakeClock } from '@capi/testing'
import { expect } from 'vitest'
import { CapiStoreError } from '../../src/issue/errors.ts'
import type { OutboxItem, PutResult } from '../../src/outbox.ts'
import { outboxItem } from '../../src/outbox-test.ts'
import { putQueue } from '../../src/store/put-queue.ts'

export const TIMEOUT_MS = 1_000
export const down = () => new CapiStoreError('unavailable', 'The server is away.')

export interface Call {
  readonly items: readonly OutboxItem[]
  readonly ids: readonly string[]
  answer(results?: readonly PutResult[]): void
  fail(error: unknown): void
}

/** A queue before an outbox whose calls are answered by the test. */
export function heldOutbox(bounds = { maxEvents: 1_000, maxBytes: 1e9 }) {
  const clock = fakeClock()
  const calls: Call[] = []
  /** What every call rejects with at once. */
  const always: { error?: Error } = {}
  const looks: ((isThere: boolean) => void)[] = []
  const ends: string[] = []
  const failures: unknown[] = []
  const repeats: string[] = []
  const strays: string[] = []
  const givenUp: string[] = []
  const queue = putQueue({
    ...bounds,
    clock,
    timeoutMs: TIMEOUT_MS,
    put: (items) =>
      new Promise((resolve, reject) => {
        const accepted = items.map(() => 'accepted' as const)
        if (always.error !== undefined) return reject(always.error)
        calls.push({
          items,
          ids: items.map(({ event_id }) => event_id),
          answer: (results = accepted) => resolve(results),
          fail: reject,
        })
      }),
    look: () =>
      new Promise((resolve, reject) => {
        looks.push((isThere) => (isThere ? resolve([]) : reject(down())))
      }),
    onEnd: ({ event_id }, end) => ends.push(`${event_id} ${end}`),
    onRepeat: (key) => repeats.push(key),
    onGivenUp: ({ key }) => givenUp.push(key),
    onStray: ({ event_id }) => strays.push(event_id),
    onFailure: (error) => failures.push(error),
  })
  const put = (...items: OutboxItem[]) =>
    queue.put(items).then((answers) => answers.map(({ result }) => result))
  const putOne = (id: string, more: Partial<OutboxItem> = {}) => put(outboxItem(id, more))
  const turn = () => clock.advance(0)
  const sent = () => calls.map(({ ids }) => ids)
  const last = () => calls.at(-1) as Call
  /** Two refusals in a row. */
  async function leave() {
    void putOne('first')
    await turn()
    last().fail(down())
    await turn()
    last().fail(down())
    await turn()
    expect(queue.isAway()).toBe(true)
  }
  return {
    clock,
    queue,
    calls,
    always,
    looks,
    ends,
    failures,
    repeats,
    strays,
    givenUp,
    put,
    putOne,
    turn,
    sent,
    last,
    leave,
  }
}
