import { expect, it, vi } from 'vitest'
import { resolveOptions } from '../src/outbox-options.ts'
import { outboxFailure } from '../src/outbox-problem.ts'

const db = { query() {} }

it('reports unknown options with the nearest name', () => {
  const emitted = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  resolveOptions({ db, leaseMS: 20, timeout: 1 } as object as never)
  expect(emitted.mock.calls).toEqual([
    [
      'postgresOutbox ignores options it does not know: "leaseMS", meant "leaseMs"?; "timeout" (option_unknown)',
      'CapiOutboxWarning',
      'option_unknown',
    ],
  ])
  emitted.mockRestore()
})

it('trims texts, and a blank one is unset', () => {
  const given = { db, role: ' producer\n' as never, schema: ' ' }
  expect(resolveOptions(given)).toMatchObject({ role: 'producer', schema: 'capi' })
})

it.each([
  [{ db: 'postgres://localhost' }, 'db is a client'],
  [{ db: {} }, 'db is a client'],
  [{ db, role: 'both' }, 'role is'],
  [{ db, schema: 'Capi' }, 'schema is'],
  [{ db, ensure: 'yes' }, 'ensure is'],
  [{ db, maxEvents: Number.NaN }, 'maxEvents is a number'],
  [{ db, leaseMs: 10 }, 'leaseMs is a number from 1000 to 86400000'],
  [{ db, pollMs: Number.POSITIVE_INFINITY }, 'pollMs is a number from 10 to'],
])('refuses %j', (given, message) => {
  expect(() => resolveOptions(given as never)).toThrow(message)
})

it.each([
  [{ code: '53100' }, 'disk_full', '53100'],
  [{ code: '42P01' }, 'misconfigured', '42P01'],
  [{ code: '42501' }, 'misconfigured', '42501'],
  [{ code: '57P01' }, 'unreachable', '57P01'],
  [{ code: 'ECONNREFUSED' }, 'unreachable', 'ECONNREFUSED'],
  [{ code: 'EPIPE' }, 'unreachable', 'EPIPE'],
  [{ code: 'CONNECTION_CLOSED' }, 'unreachable', 'CONNECTION_CLOSED'], // postgres.js
  [{ message: 'Query read timeout' }, 'unreachable', 'Error'],
  [{ cause: { code: '40P01' } }, 'busy', '40P01'], // Drizzle
  [{ driverError: { code: '42883' } }, 'misconfigured', '42883'], // TypeORM
  [
    {
      code: 'P2010',
      meta: { driverAdapterError: { cause: { originalCode: '25P02', code: '25P02' } } },
    },
    'transaction_failed',
    '25P02',
  ], // Prisma
  [{ code: 'P2028' }, 'unknown', 'P2028'],
  [{ code: 20 }, 'unknown', 'Error'], // Kysely, aborted
])('tells what %j is', (fields, problem, detail) => {
  const error = outboxFailure(Object.assign(new Error('holds anna@example.com'), fields))
  expect(error.problem).toBe(problem)
  expect(error.message).toContain(`(${detail})`)
  expect(error.message).not.toContain('anna')
  expect(error.cause).toBeUndefined()
})
