import { expect, it } from 'vitest'
import { keepJournal } from '../../src/cli/journal.ts'
import { openEmulator } from '../../src/emulator.ts'
import { now, post } from '../support.ts'

function run(max = 100) {
  const { emulator, subscribe } = openEmulator({ now, max })
  const journal = keepJournal(subscribe, max)
  const send = (query: string) => emulator.fetch(`/tr?id=1&${query}`)
  return { emulator, journal, send }
}

const found = ({ diagnostics }: ReturnType<typeof keepJournal>) =>
  diagnostics().map((one) => [one.rule, one.affected_event_count, one.total_event_count])

it('judges what the tests have cleared, each by itself', async () => {
  const { emulator, journal, send } = run()
  for (const dataset of [{}, { pixel_id: '1' }, { pixel_id: '2' }]) {
    await send('ev=Purchase&eid=order-1&cd[currency]=EUR')
    if (dataset.pixel_id !== '2') emulator.clear(dataset)
  }
  expect(journal.arrived()).toBe(3)
  // One id in three tests is no repeated id.
  expect(found(journal).filter(([rule]) => rule === 'event_id_repeated')).toEqual([])
  expect(found(journal)).toContainEqual(['purchase_value_invalid', 3, 3])
})

it('sees a repeated id within one test', async () => {
  const { emulator, journal, send } = run()
  for (const value of [1, 2]) await send(`ev=Lead&eid=a&cd[value]=${value}&cd[currency]=EUR`)
  emulator.clear()
  expect(found(journal).map(([rule]) => rule)).toContain('event_id_repeated')
})

it('keeps refused calls without an event, cleared or not, and no others', async () => {
  const { emulator, journal, send } = run()
  await post(emulator, '{')
  emulator.clear()
  await emulator.fetch('/v27.0/oops')
  await send('ev=Lead')
  await post(emulator, { data: [{ event_name: 'Lead' }] })
  expect(journal.unread().map(({ error }) => error?.rule)).toEqual([
    'body_unreadable',
    'path_unknown',
  ])
})

it('counts what arrived and not what was imported, and what it could not keep', async () => {
  const { emulator, journal, send } = run(2)
  await send('ev=A')
  emulator.importEvents(emulator.exportEvents())
  for (const name of ['B', 'C']) await send(`ev=${name}`)
  expect([journal.arrived(), journal.unjudged()]).toEqual([3, 2])
  for (let index = 0; index < 4; index++) await post(emulator, '{')
  expect(journal.unread()).toHaveLength(2)
})
