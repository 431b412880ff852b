import { fakeClock } from '@capi/testing'
import { expect, it } from 'vitest'
import { memoryOutbox } from '../../src/index.ts'
import type { LeasedItem } from '../../src/outbox.ts'
import { outboxItem } from '../../src/outbox-test.ts'
import { leaseKeeper } from '../../src/store/lease-keeper.ts'

const LEASE_MS = 60_000
const leased = (id: string): LeasedItem => ({ ...outboxItem(id), id, fence: 1, attempts: 0 })

/** Counts how often each is renewed. */
function world() {
  const clock = fakeClock()
  const renewed: string[] = []
  const keeper = leaseKeeper(
    {
      ...memoryOutbox(),
      leaseMs: LEASE_MS,
      async renew(tokens) {
        for (const { id } of tokens) renewed.push(id)
      },
    },
    { clock, timeoutMs: 1_000 },
  )
  return { clock, renewed, keeper }
}

it('renews three times in a lease, until the event is settled', async () => {
  const { clock, renewed, keeper } = world()
  keeper.add([leased('a'), leased('b')])
  await clock.advance(LEASE_MS)
  expect(renewed).toEqual(['a', 'b', 'a', 'b', 'a', 'b'])
  keeper.remove([leased('a')])
  // A token of an earlier lease says nothing of this one.
  keeper.remove([{ ...leased('b'), fence: 0 }])
  await clock.advance(LEASE_MS / 3)
  expect(renewed.slice(6)).toEqual(['b'])
  keeper.remove([leased('b')])
  expect(clock.timers()).toBe(0)
})

it('renews what hangs for 15 minutes and no longer', async () => {
  const { clock, renewed, keeper } = world()
  keeper.add([leased('a')])
  await clock.advance(3_600_000)
  expect(renewed).toHaveLength(900_000 / (LEASE_MS / 3))
  expect(clock.timers()).toBe(0)
})

it('renews nothing after its client was closed, also not what was handed out late', async () => {
  const { clock, renewed, keeper } = world()
  keeper.add([leased('a')])
  keeper.stop()
  keeper.add([leased('b')])
  await clock.advance(LEASE_MS)
  expect(renewed).toEqual([])
  expect(clock.timers()).toBe(0)
})
