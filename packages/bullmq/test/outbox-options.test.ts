import { expect, it, vi } from 'vitest'
import { resolveOptions } from '../src/outbox-options.ts'

const queue = { name: 'capi', opts: { connection: { host: '127.0.0.1' } } }

it('reports unknown options with the nearest name', () => {
  const emitted = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  resolveOptions({ queue, leaseMS: 1_000, onWarn() {} } as object as never)
  expect(emitted.mock.calls).toEqual([
    [
      'bullmqOutbox ignores options it does not know: "leaseMS", meant "leaseMs"?; "onWarn", meant "onWarning"? (option_unknown)',
      'CapiOutboxWarning',
      'option_unknown',
    ],
  ])
  emitted.mockRestore()
})

it('trims texts, and a blank one is unset', () => {
  expect(resolveOptions({ queue, role: ' producer ' as never }).role).toBe('producer')
  expect(resolveOptions({ queue, role: '' as never }).role).toBe('worker')
})
