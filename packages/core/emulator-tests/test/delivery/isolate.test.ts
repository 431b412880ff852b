import { createEmulator } from '@capi/emulator'
import { expect, it } from 'vitest'
import { page, person, sum, testWorld } from '../core-tests.ts'

/** Requests that the search may take for one bad event among a hundred; see the test of the same name in core. */
const ONE_AMONG_100 = 1 + 1 + 1 * (Math.ceil(Math.log2(100)) + 1)

it('searches a refused batch over HTTP at the emulator, which says which event it blames', async () => {
  const world = testWorld()
  const emulator = createEmulator({ now: () => world.clock.now() })
  const { client, clock } = world
  // Past core's own checks, as a rule of Meta's that core does not know would come.
  let requests = 0
  const spoil: typeof globalThis.fetch = (url, init) => {
    requests++
    const body = typeof init?.body === 'string' ? init.body : ''
    const spoiled = body.replaceAll('"event_name":"Spoiled"', '"event_name":""')
    return emulator.fetch(url, { ...init, body: spoiled })
  }
  const capi = client({ fetch: spoil })
  for (let i = 0; i < 100; i++)
    await capi.track(
      i % 40 === 9 ? 'Spoiled' : 'Lead',
      {},
      { ...page, ...person, event_id: `${i}` },
    )
  await clock.advance(10_000)
  expect(await sum(capi)).toEqual({ tracked: 100, delivered: 97, queued: 0, lost: 3 })
  expect(emulator.events().filter((event) => event.status === 'processed')).toHaveLength(97)
  expect(requests).toBeLessThanOrEqual(1 + 2 * 3 + ONE_AMONG_100)
})
