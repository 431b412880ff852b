import { taken } from '@capi/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CapiStoreError, memoryOutbox } from '../../src/index.ts'
import type { Outbox } from '../../src/outbox.ts'
import { down, page, person, sum, testWorld } from '../test-world.ts'

const SHOPS = ['1111111111', '2222222222'] as const
/** What a call of the outbox does. `after`: it took effect, and its answer is lost. */
const FAULTS = ['none', 'none', 'before', 'after', 'unknown', 'hang', 'late', 'partial'] as const
type Fault = (typeof FAULTS)[number]

/** A durable outbox that goes wrong as told, call by call; it never forgets what it took. */
function faultyOutbox(next: () => Fault, sleep: (ms: number) => Promise<void>): Outbox {
  const kept = memoryOutbox()
  const faulty =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const fault = next()
      if (fault === 'before') throw new CapiStoreError('unavailable', 'The server is away.')
      // A black hole: the call is never made.
      if (fault === 'hang') return new Promise(() => {})
      // A hanging disk: it is made, and answered, when the caller has given up.
      if (fault === 'late') await sleep(15_000)
      const answer = await call(...args)
      if (fault === 'after') throw new CapiStoreError('unavailable', 'The connection broke.')
      if (fault === 'unknown') throw new Error('a bug of the outbox')
      return fault === 'partial' && Array.isArray(answer)
        ? (answer.slice(0, answer.length / 2) as R)
        : answer
    }
  return {
    ...kept,
    put: faulty((...args: Parameters<Outbox['put']>) => kept.put(...args)),
    lease: faulty((...args: Parameters<Outbox['lease']>) => kept.lease(...args)),
    settle: faulty((...args: Parameters<Outbox['settle']>) => kept.settle(...args)),
    recover: faulty((...args: Parameters<Outbox['recover']>) => kept.recover(...args)),
    takeExpired: faulty((...args: Parameters<Outbox['takeExpired']>) => kept.takeExpired(...args)),
    dueLanes: faulty((...args: Parameters<Outbox['dueLanes']>) => kept.dueLanes(...args)),
  }
}

const step = fc.record({
  /** Events tracked in one go; a number that comes again is the same event. */
  events: fc.array(fc.record({ id: fc.nat(12), hasId: fc.boolean() }), { maxLength: 4 }),
  shop: fc.constantFrom(...SHOPS),
  waitMs: fc.constantFrom(0, 10, 1_000, 20_000),
  isMetaDown: fc.boolean(),
})

/** A recovery that takes effect late makes an event due again whose settlement hangs: the settlement is stale then. */
const LATE_RECOVERY: Fault[] = ['late', 'none', 'after', 'none', 'none', 'hang']
const EVENT = { id: 0, hasId: false }
const ONE_EVENT = {
  events: [EVENT],
  shop: SHOPS[0],
  waitMs: 20_000 as const,
  isMetaDown: false,
}

/** A put took effect though it was rejected; while its events are put one by one, the last is delivered before its turn. */
const DELIVERED_BEFORE: Fault[] = ['none', 'unknown', 'none', 'late']
/** The last call that failed while the outbox was away was one event's fault, it seems: the outbox must still be asked again. */
const REFUSED_WHILE_AWAY: Fault[] = [
  'none',
  'unknown',
  'none',
  'unknown',
  'hang',
  'after',
  'hang',
  'unknown',
]
/** A put that does not fit in memory is given up, and took effect though it was rejected: its lane has to look for it. */
const GIVEN_UP: Fault[] = ['none', 'late', 'after']
const THREE_EVENTS = [
  { ...ONE_EVENT, events: [EVENT, EVENT], waitMs: 0 as const },
  { ...ONE_EVENT, shop: SHOPS[1], waitMs: 0 as const },
]

it('adds up with what Meta received and what the outbox holds, whatever the outbox does', async () => {
  const runs = fc.asyncProperty(
    fc.array(step, { minLength: 1, maxLength: 8 }),
    fc.array(fc.constantFrom(...FAULTS), { maxLength: 40 }),
    fc.constantFrom(2, 1_000),
    fc.constantFrom(0, 0.5, 0.99),
    async (steps, script, maxEvents, random) => {
      const faults = [...script]
      const world = testWorld()
      const { clock, network } = world
      let isMetaDown = false
      const atMeta: string[] = []
      network.answerAll((request) => {
        if (isMetaDown) return down
        for (const { event_id } of request.body.data)
          atMeta.push(`${request.url.split('/')[4]} ${String(event_id)}`)
        return taken(request)
      })
      const sleep = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve))
      const told: string[] = []
      const capi = world.client({
        pixelId: SHOPS,
        outbox: faultyOutbox(() => faults.shift() ?? 'none', sleep),
        whileAway: { maxEvents },
        random: () => random,
        onDelivered: ({ pixelId, event_ids }) => {
          for (const id of event_ids) told.push(`${pixelId} ${id}`)
        },
      })
      const ids = new Map<string, Set<string>>()
      for (const { events, shop, waitMs, ...now } of steps) {
        isMetaDown = now.isMetaDown
        const tracker = capi.with({ ...page, pixelId: shop })
        const all = events.map(async ({ id, hasId }) => {
          const given = hasId ? { event_id: `order.${id}` } : {}
          const { event_id } = await tracker.track('Lead', {}, { ...person, ...given })
          ids.set(shop, (ids.get(shop) ?? new Set()).add(event_id))
        })
        const since = clock.tick()
        await clock.advance(1_000)
        await Promise.all(all)
        expect(clock.tick() - since).toBe(1_000)
        await clock.advance(waitMs)
      }
      // All is well again, and everything gets its time.
      faults.length = 0
      isMetaDown = false
      await clock.advance(3_600_000)
      const { tracked, delivered, queued, lost } = await sum(capi)
      const status = await capi.stats()
      expect(status).toMatchObject({ held: 0, unknown: 0, outbox: { state: 'ready' } })
      const events = [...ids].flatMap(([shop, some]) => [...some].map((id) => `${shop} ${id}`))
      const dropped = world.drops.flatMap(({ pixelId, event_ids }) =>
        event_ids.map((id) => `${pixelId} ${id}`),
      )
      // Each event is reported once, as delivered or as dropped; Meta got each that is reported as delivered.
      expect(told.length).toBe(new Set(told).size)
      expect(delivered).toBe(told.length)
      expect(new Set(atMeta)).toEqual(new Set(told))
      expect(queued).toBe(0)
      expect(lost).toBe(dropped.length)
      expect(delivered + lost).toBe(tracked)
      expect(new Set([...told, ...dropped])).toEqual(new Set(events))
      if (maxEvents === 1_000) expect(dropped).toEqual([])
    },
  )
  await fc.assert(runs, {
    numRuns: Number(process.env['CAPI_RUNS'] ?? 60),
    examples: [
      [[ONE_EVENT], LATE_RECOVERY, 2, 0],
      [THREE_EVENTS, GIVEN_UP, 2, 0],
      [[{ ...ONE_EVENT, events: [EVENT, EVENT, EVENT] }], DELIVERED_BEFORE, 2, 0],
      [[{ ...ONE_EVENT, events: [EVENT, EVENT] }], REFUSED_WHILE_AWAY, 2, 0],
    ],
  })
}, 300_000)
