import { outboxItem } from '@capi/core/outbox-test'
import { expect, it } from 'vitest'
import type { Answer, Call } from '../src/thread/protocol.ts'
import { drive } from './drive.ts'
import { LANE, outboxOptions, TIME } from './outbox-options.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()
/** No text can be made of its body: whatever shares its commit is rolled back, and done again alone. */
const IMPOSSIBLE = { ...outboxItem('bad'), body: undefined }
const put = (...items: readonly object[]) =>
  ({ method: 'put', args: [items, TIME] }) as never as Call
const outcomeOf = (answer: Answer | undefined) =>
  answer && 'value' in answer ? answer.value : answer?.problem

const opened = () => drive(outboxOptions(newPath(), { durability: 'fast', reservedBytes: 0 }))

it('takes the end of a lease back with the commit that failed: nothing is handed out twice', () => {
  const outbox = opened()
  outbox.put(outboxItem('a'))
  const { items } = outbox.lease()
  const settlements = items.map((token) => ({ kind: 'delivered', token }) as const)
  const settle: Call = { method: 'settle', args: [settlements, TIME] }
  const [settled, refused] = outbox.engine.handle([settle, put(IMPOSSIBLE)])
  expect(outcomeOf(settled)).toEqual(['settled'])
  expect(outcomeOf(refused)).toBe('unknown')
  expect(outbox.queued()).toBe(0)
  expect(outbox.lease().items).toEqual([])
  outbox.engine.close()
})

it('takes a lease back with the commit that failed: the event is handed out', () => {
  const outbox = opened()
  outbox.put(outboxItem('a'))
  const asked = { lane: LANE, maxEvents: 9, maxBytes: 1e9, leaseMs: 60_000 }
  const lease: Call = { method: 'lease', args: [asked, TIME] }
  const [leased, refused] = outbox.engine.handle([lease, put(IMPOSSIBLE)])
  expect(outcomeOf(leased)).toMatchObject({ items: [{ event_id: 'a' }] })
  expect(outcomeOf(refused)).toBe('unknown')
  outbox.engine.close()
})

it('counts and remembers nothing of a commit that failed', () => {
  const outbox = opened()
  const [taken, refused] = outbox.engine.handle([put(outboxItem('a')), put(IMPOSSIBLE)])
  expect(outcomeOf(taken)).toEqual(['accepted'])
  expect(outcomeOf(refused)).toBe('unknown')
  expect(outbox.queued()).toBe(1)
  expect(outbox.lease().items).toHaveLength(1)
  outbox.engine.close()
})
