import { expect, it } from 'vitest'
import { memoryOutbox } from '../src/index.ts'
import { outboxItem } from '../src/outbox-test.ts'
import { lead, page, person, sum, testWorld } from './test-world.ts'

it('is off with enabled: false: all is dropped as disabled, and nothing is logged or sent', async () => {
  const { client, network, logger, drops } = testWorld()
  const issues: unknown[] = []
  const capi = client({
    enabled: false,
    pixelId: undefined,
    accessToken: undefined,
    apiVersion: 'v1.0',
    onIssue: (issue) => issues.push(issue),
  })
  expect(await lead(capi, 'one')).toEqual({
    event_id: 'one',
    outcome: 'dropped',
    reason: 'disabled',
    issues: [],
  })
  const event = { event_name: 'Lead', ...page, ...person }
  expect(await capi.enqueue([event, { ...event, user_data: {} }])).toMatchObject([
    { reason: 'disabled' },
    { reason: 'disabled' },
  ])
  expect(await capi.with({ pixelId: '9876543210' }).track('Lead', {}, page)).toMatchObject({
    reason: 'disabled',
  })
  expect(await capi.with({ consent: 'denied' }).track('Lead', {}, page)).toMatchObject({
    reason: 'disabled',
  })
  await expect(capi.send(event)).rejects.toMatchObject({
    code: 'disabled',
    message: expect.stringContaining('enabled: false'),
    partial: { receipts: [{ outcome: 'dropped', reason: 'disabled' }] },
  })
  await capi.flush()
  await capi.close()
  expect(network.requests).toEqual([])
  expect(logger.warn).not.toHaveBeenCalled()
  expect(logger.error).not.toHaveBeenCalled()
  expect(issues).toEqual([])
  expect(drops.map(({ reason, count }) => [reason, count])).toEqual(
    Array.from({ length: 6 }, () => ['disabled', 1]),
  )
  expect(await sum(capi)).toEqual({ tracked: 6, delivered: 0, queued: 0, lost: 6 })
})

it('leaves the outbox alone when it is off: what waits there waits on', async () => {
  const { client, network } = testWorld()
  const outbox = memoryOutbox()
  const time = { tickMs: 0, nowMs: 0 }
  await outbox.put([outboxItem('old')], time)
  const capi = client({ enabled: false, outbox })
  await capi.flush()
  expect(network.requests).toEqual([])
  expect(await outbox.recover(time)).toEqual({ 1234567890: 1 })
})

it.each([true, undefined])('is on with enabled: %s', async (enabled) => {
  const { client } = testWorld()
  expect(await lead(client({ enabled }), 'one')).toMatchObject({ outcome: 'accepted' })
})

it.each(['false', 'true', 0, 1, null])('refuses enabled: %s, which is neither', (enabled) => {
  expect(() => testWorld().client({ enabled: enabled as never })).toThrow(
    'Option enabled must be true or false',
  )
})

it('delivers at the end of a block of `await using`', async () => {
  const { client, network } = testWorld()
  let closed: ReturnType<typeof client> | undefined
  {
    await using capi = client()
    closed = capi
    expect(await lead(capi, 'one')).toMatchObject({ outcome: 'accepted' })
    expect(network.requests).toEqual([])
  }
  expect(network.requests).toHaveLength(1)
  expect(await lead(closed, 'two')).toMatchObject({ outcome: 'dropped', reason: 'closed' })
  await closed[Symbol.asyncDispose]()
})
