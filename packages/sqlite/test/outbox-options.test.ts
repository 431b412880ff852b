import { expect, it, vi } from 'vitest'
import { resolveOptions } from '../src/outbox-options.ts'

it('reports unknown options with the nearest name', () => {
  const emitted = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  resolveOptions({ path: 'x.db', maxEvent: 1, lockTimeout: 2 } as object as never)
  expect(emitted.mock.calls).toEqual([
    [
      'sqliteOutbox ignores options it does not know: "maxEvent", meant "maxEvents"?; "lockTimeout", meant "lockTimeoutMs"? (option_unknown)',
      'CapiOutboxWarning',
      'option_unknown',
    ],
  ])
  emitted.mockRestore()
})

it('trims texts, and a blank one is unset', () => {
  expect(resolveOptions({ path: ' var/x.db\n', durability: ' fast ' as never })).toMatchObject({
    path: 'var/x.db',
    durability: 'fast',
  })
  expect(resolveOptions({ path: 'x.db', durability: '' as never }).durability).toBe('strict')
  expect(() => resolveOptions({ path: ' ' })).toThrow('path is the file')
})
