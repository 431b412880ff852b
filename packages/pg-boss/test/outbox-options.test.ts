import { expect, it, vi } from 'vitest'
import { type Boss, resolveOptions } from '../src/outbox-options.ts'

const boss = { fetch() {} } as unknown as Boss

it('reports unknown options with the nearest name', () => {
  const emitted = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  resolveOptions({ boss, leaseSecs: 20, timeout: 1 } as object as never)
  expect(emitted.mock.calls).toEqual([
    [
      'pgBossOutbox ignores options it does not know: "leaseSecs", meant "leaseSec"?; "timeout", meant "timeoutMs"? (option_unknown)',
      'CapiOutboxWarning',
      'option_unknown',
    ],
  ])
  emitted.mockRestore()
})

it('trims texts, and a blank one is unset', () => {
  const given = { boss, role: ' producer\n' as never, schema: ' ', prefix: ' shop ' }
  expect(resolveOptions(given)).toMatchObject({
    role: 'producer',
    schema: 'pgboss',
    prefix: 'shop',
  })
})
