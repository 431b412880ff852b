import { expect, it } from 'vitest'
import { countBySource } from '../../src/doctor/count-by-source.ts'

const answered = (...data: readonly object[]) =>
  countBySource({ ok: true, body: { data: [{ data }] } } as never)[0]

it('adds up what each source sent, and leaves out what has no name or no count', () => {
  const found = answered(
    { value: 'SERVER', count: 3 },
    { value: 'SERVER', count: 4 },
    { value: 'BROWSER', count: 5 },
    { value: 7, count: 6 },
    { value: 'OTHER', count: '8' },
    {},
  )
  expect(found).toMatchObject({
    status: 'info',
    message: 'Events in the last seven days: SERVER 7, BROWSER 5.',
  })
})

it('is content where no server sends', () => {
  expect(answered({ value: 'BROWSER', count: 5 })).toMatchObject({ status: 'ok' })
  expect(answered()).toMatchObject({ message: 'No events in the last seven days.' })
})
