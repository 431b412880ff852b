import { expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { createEventStore } from '../../src/store/event-store.ts'
import { checkFits, memoryBudget } from '../../src/store/memory-budget.ts'
import { now } from '../support.ts'

const lead = (event_id: string) =>
  ({
    source: 'server',
    status: 'processed',
    pixel_id: '42',
    event_name: 'Lead',
    event_id,
    payload: { event_name: 'Lead' },
  }) as const

it('refuses to keep more events than the process has memory for', () => {
  const { events } = memoryBudget()
  expect(() => createEmulator({ max: events })).not.toThrow()
  expect(() => createEmulator({ max: events + 1 })).toThrow(
    /memory for \d+ events .*max-old-space-size/,
  )
  expect(() => checkFits(200_000, memoryBudget(2_100_000_000))).not.toThrow()
  expect(memoryBudget(1_000_000_000)).toEqual({ bytes: 600_000_000, events: 100_000 })
})

it('keeps fewer events when they are large, and as many as before once those are gone', () => {
  const store = createEventStore(10, now, { budget: 100_000 })
  for (let index = 0; index < 10; index++) store.add([lead(`a${index}`)])
  expect(store.size()).toBe(10)
  store.add([lead('large')], undefined, 20_000)
  expect(store.list().map(({ event_id }) => event_id)).toEqual([
    'a4',
    'a5',
    'a6',
    'a7',
    'a8',
    'a9',
    'large',
  ])
  store.add([lead('huge')], undefined, 1_000_000)
  expect(store.list().map(({ event_id }) => event_id)).toEqual(['huge'])
  for (let index = 0; index < 10; index++) store.add([lead(`b${index}`)])
  expect(store.size()).toBe(10)
})
