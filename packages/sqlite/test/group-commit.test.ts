import { outboxItem } from '@capi/core/outbox-test'
import { expect, it } from 'vitest'
import { outboxThread } from '../src/thread/outbox-thread.ts'
import { outboxOptions, TIME } from './outbox-options.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()

it('shares one commit among all puts that came meanwhile', async () => {
  const thread = outboxThread(outboxOptions(newPath()), () => {})
  const before = await thread.call('commits')
  const results = await Promise.all(
    Array.from({ length: 1_000 }, (_, n) => thread.call('put', [outboxItem(`e${n}`)], TIME)),
  )
  expect(results.flat().every((result) => result === 'accepted')).toBe(true)
  expect((await thread.call('commits')) - before).toBeLessThan(5)

  // From many ticks as well: as many as come while a commit is under way.
  const start = await thread.call('commits')
  const late: Promise<unknown>[] = []
  for (let n = 0; n < 500; n++) {
    await Promise.resolve()
    late.push(thread.call('put', [outboxItem(`late${n}`)], TIME))
  }
  await Promise.all(late)
  expect((await thread.call('commits')) - start).toBeLessThan(100)
  await thread.close()
})
