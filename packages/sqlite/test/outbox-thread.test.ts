import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { outboxItem } from '@capi/core/outbox-test'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type OutboxWarning, sqliteOutbox } from '../src/index.ts'
import { LANE, TIME } from './outbox-options.ts'
import { tempFolder } from './temp-folder.ts'

const started = vi.hoisted(() => [] as Worker[])

vi.mock('node:worker_threads', async (original) => {
  const real = await original<typeof import('node:worker_threads')>()
  class Watched extends real.Worker {
    constructor(...args: ConstructorParameters<typeof real.Worker>) {
      super(...args)
      started.push(this)
    }
  }
  return { ...real, Worker: Watched }
})

const newPath = tempFolder()
beforeEach(() => started.splice(0))
afterEach(() => vi.restoreAllMocks())

it('keeps its word when its thread dies: what it owed, and what is on its way', async () => {
  const outbox = sqliteOutbox({ path: newPath() })
  await outbox.put([outboxItem('a')], TIME)
  const request = { lane: LANE, maxEvents: 9, maxBytes: 1e6, leaseMs: 60_000 }
  const [sent] = (await outbox.lease(request, TIME)).items
  if (sent === undefined) throw new Error('nothing was leased')
  const put = outbox.put([outboxItem('b')], TIME)
  const owed = expect(outbox.counts()).rejects.toMatchObject({ code: 'store_failed' })
  await started[0]?.terminate()
  // A put is asked again of the next thread, whether or not the first had committed it.
  expect(await put).toEqual(['accepted'])
  await owed
  expect(started).toHaveLength(2)
  expect(await outbox.put([outboxItem('a')], TIME)).toEqual(['duplicate'])
  // What was handed out is on its way still: nobody else gets it, and its settlement counts.
  expect((await outbox.lease(request, TIME)).items).toMatchObject([{ event_id: 'b' }])
  const settle = { kind: 'delivered', token: sent } as const
  expect(await outbox.settle([settle], TIME)).toEqual(['settled'])
  await outbox.close()
})

it('does not start one thread after the other when none can run', async () => {
  const outbox = sqliteOutbox({ path: newPath() })
  const put = expect(outbox.put([outboxItem('a')], TIME)).rejects.toMatchObject({
    problem: 'unknown',
  })
  await started[0]?.terminate()
  await put
  for (let n = 0; n < 20; n++)
    await expect(outbox.put([outboxItem('a')], TIME)).rejects.toMatchObject({
      problem: 'unknown',
    })
  expect(started).toHaveLength(1)
  await outbox.close()
})

it('starts no thread before the first call, and none to close', async () => {
  const outbox = sqliteOutbox({ path: newPath() })
  expect(await outbox.close()).toEqual([])
  expect(started).toHaveLength(0)
  await expect(outbox.recover(TIME)).rejects.toMatchObject({ problem: 'closed', retryable: false })
})

it('tells of damage in one warning without event data', async () => {
  const path = newPath()
  mkdirSync(dirname(path))
  writeFileSync(path, 'not a database'.repeat(1_000))
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  const outbox = sqliteOutbox({ path })
  expect(await outbox.put([outboxItem('a')], TIME)).toEqual(['accepted'])
  expect(warn).toHaveBeenCalledTimes(1)
  expect(warn.mock.calls[0]?.[0]).toContain(
    `The outbox ${path} was damaged and put aside as ${path}.corrupt-`,
  )
  await outbox.close()
})

it('tells the application instead, and survives what its callback throws', async () => {
  const path = newPath()
  mkdirSync(dirname(path))
  writeFileSync(path, 'not a database'.repeat(1_000))
  const incidents: OutboxWarning[] = []
  const outbox = sqliteOutbox({
    path,
    onWarning(incident) {
      incidents.push(incident)
      throw new Error('of the application')
    },
  })
  expect(await outbox.put([outboxItem('a')], TIME)).toEqual(['accepted'])
  expect(incidents).toEqual([
    { kind: 'corrupt', path, quarantinedAs: expect.stringContaining('.corrupt-'), salvaged: 0 },
  ])
  await outbox.close()
})

it.each([
  { path: '' },
  { path: ':memory:' },
  { path: 'x', durability: 'none' as 'fast' },
  { path: 'x', maxEvents: 0 },
  { path: 'x', lockTimeoutMs: Number.NaN },
])('refuses malformed options at once: %j', (options) => {
  expect(() => sqliteOutbox(options)).toThrow(/^sqliteOutbox: /)
})
