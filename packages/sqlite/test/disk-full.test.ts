import { existsSync } from 'node:fs'
import { outboxItem } from '@capi/core/outbox-test'
import { expect, it } from 'vitest'
import { drive, manyItems } from './drive.ts'
import { outboxOptions, TIME } from './outbox-options.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()

it('refuses puts on a full disk, goes on settling, and takes events again when there is room', () => {
  const path = newPath()
  const outbox = drive(outboxOptions(path, { maxPages: 34 }))
  outbox.put(...manyItems(100, 'e', 1_000))
  outbox.keepUp()
  expect(existsSync(`${path}-reserved`)).toBe(true)
  expect(() => outbox.put(...manyItems(100, 'more', 1_000))).toThrow('disk_full')
  expect(existsSync(`${path}-reserved`)).toBe(false)
  expect(outbox.queued()).toBe(100)

  const { items } = outbox.lease()
  const [first, ...others] = items
  if (first === undefined) throw new Error('nothing was leased')
  const answers = outbox.engine.handle([
    { method: 'put', args: [[outboxItem('late')], TIME] },
    {
      method: 'settle',
      args: [[{ kind: 'delivered', token: first }], TIME],
    },
  ])
  expect(answers).toMatchObject([{ problem: 'disk_full' }, { value: ['settled'] }])
  outbox.settle(...others.map((token) => ({ kind: 'delivered', token }) as const))
  expect(outbox.queued()).toBe(0)

  // The disk is looked at once in a second.
  expect(() => outbox.put(outboxItem('late'))).toThrow('disk_full')
  const later = { ...TIME, tickMs: TIME.tickMs + 1_000 }
  expect(outbox.ask('put', [outboxItem('late')], later)).toEqual(['accepted'])
  expect(existsSync(`${path}-reserved`)).toBe(true)
  outbox.engine.close()
})

it('shares no fate: what was in one group with a put that found no room is done', () => {
  const outbox = drive(outboxOptions(newPath(), { maxPages: 34 }))
  outbox.put(...manyItems(100, 'e', 1_000))
  const { items } = outbox.lease()
  const settlements = items.map((token) => ({ kind: 'delivered', token }) as const)
  const answers = outbox.engine.handle([
    { method: 'put', args: [manyItems(100, 'more', 1_000), TIME] },
    { method: 'settle', args: [settlements, TIME] },
  ])
  expect(answers).toMatchObject([{ problem: 'disk_full' }, { value: items.map(() => 'settled') }])
  expect(outbox.queued()).toBe(0)
  outbox.engine.close()
})
