import { fakeClock } from '@capi/testing'
import { expect, it } from 'vitest'
import { CapiStoreError } from '../../src/issue/errors.ts'
import type { OutboxItem, PutResult } from '../../src/outbox.ts'
import { outboxItem } from '../../src/outbox-test.ts'
import { groupedPut } from '../../src/store/grouped-put.ts'

const TIMEOUT_MS = 1_000
const isWanted = () => false

/** An outbox whose calls are answered by the test. */
function heldOutbox() {
  const clock = fakeClock()
  const calls: {
    ids: string[]
    answer: (results?: readonly PutResult[]) => void
    fail: (error: unknown) => void
  }[] = []
  const put = groupedPut(
    (items: readonly OutboxItem[]) =>
      new Promise((resolve, reject) => {
        const accepted = items.map(() => 'accepted' as const)
        calls.push({
          ids: items.map(({ event_id }) => event_id),
          answer: (results = accepted) => resolve(results),
          fail: reject,
        })
      }),
    { clock, timeoutMs: TIMEOUT_MS },
  )
  const putOne = (id: string, more: Partial<OutboxItem> = {}) =>
    put([outboxItem(id, more)], isWanted)
  const turn = () => clock.advance(0)
  return { clock, calls, put, putOne, turn, sent: () => calls.map(({ ids }) => ids) }
}

it('puts what is tracked in one turn together, and gives each its own answer', async () => {
  const { put, putOne, turn, calls, sent } = heldOutbox()
  const answers = [putOne('a'), put([outboxItem('b'), outboxItem('c')], isWanted), putOne('d')]
  await turn()
  expect(sent()).toEqual([['a', 'b', 'c', 'd']])
  calls[0]?.answer(['accepted', 'duplicate', 'full', 'accepted'])
  expect(await Promise.all(answers)).toEqual([['accepted'], ['duplicate', 'full'], ['accepted']])
})

it('shares the next call among all that came while four are on their way', async () => {
  const { putOne, turn, calls, sent } = heldOutbox()
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
    void putOne(id)
    await turn()
  }
  expect(sent()).toEqual([['a'], ['b'], ['c'], ['d']])
  calls[2]?.answer()
  await turn()
  expect(sent().slice(4)).toEqual([['e', 'f', 'g']])
})

it('puts at most 500 events or 1 MiB in one call, but a larger one alone', async () => {
  const { putOne, turn, calls, sent } = heldOutbox()
  const drain = async () => {
    for (let n = 0; n < calls.length; n++) {
      calls[n]?.answer()
      await turn()
    }
    return sent()
      .splice(0)
      .map((ids) => ids.length)
  }
  for (let n = 0; n < 1_100; n++) void putOne(`e${n}`)
  await turn()
  expect(await drain()).toEqual([500, 500, 100])
  calls.length = 0
  for (const size of [0.6, 0.3, 0.2, 3, 0.1])
    void putOne(`s${size}`, { body: 'x'.repeat(size * 2 ** 20) })
  await turn()
  expect(await drain()).toEqual([2, 1, 1, 1])
})

it('lets an event that the outbox cannot take cost the others nothing', async () => {
  const { putOne, turn, calls, sent } = heldOutbox()
  const answers = ['a', 'bad', 'c'].map((id) => putOne(id).catch(() => 'failed'))
  await turn()
  calls[0]?.fail(new RangeError('a value that no column holds'))
  for (let n = 1; n < 4; n++) {
    await turn()
    if (n === 2) calls[n]?.fail(new RangeError('again'))
    else calls[n]?.answer()
  }
  expect(await Promise.all(answers)).toEqual([['accepted'], 'failed', ['accepted']])
  expect(sent()).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']])
})

it('asks once where the outbox says what keeps it from working', async () => {
  const { putOne, turn, calls, sent } = heldOutbox()
  const answers = ['a', 'b'].map((id) => putOne(id).catch((error: CapiStoreError) => error.problem))
  await turn()
  calls[0]?.fail(new CapiStoreError('disk_full', 'The disk is full.'))
  expect(await Promise.all(answers)).toEqual(['disk_full', 'disk_full'])
  expect(sent()).toHaveLength(1)
})

it('does not put what its caller gave up before its turn came', async () => {
  const { put, putOne, turn, calls, sent } = heldOutbox()
  for (const id of ['a', 'b', 'c', 'd']) {
    void putOne(id)
    await turn()
  }
  let isGivenUp = false
  void put([outboxItem('late')], () => isGivenUp)
  void putOne('kept')
  isGivenUp = true
  calls[0]?.answer()
  await turn()
  expect(sent().slice(4)).toEqual([['kept']])
})

it('is not stopped by calls that hang, and gives their answers however late', async () => {
  const { clock, putOne, turn, calls, sent } = heldOutbox()
  const hanging = ['a', 'b', 'c', 'd'].map(async (id, n) => {
    await clock.advance(n)
    return await putOne(id)
  })
  await turn()
  const next = putOne('e')
  await turn()
  await clock.advance(TIMEOUT_MS + 10)
  expect(sent().flat()).toContain('e')
  for (const { answer } of calls) answer()
  expect(await next).toEqual(['accepted'])
  expect((await Promise.all(hanging)).flat()).toEqual(Array(4).fill('accepted'))
})
