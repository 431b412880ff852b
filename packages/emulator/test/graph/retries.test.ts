import { expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { event, now, post } from '../support.ts'

const order = event({ event_name: 'Lead', event_id: 'order-1' })

it('counts an event that a fault kept out when it is sent again', async () => {
  const emulator = createEmulator({ now })
  emulator.fail({ preset: 'outage', times: 2 })
  const sent = [1, 2, 3].map(() => post(emulator, { data: [order] }))
  expect((await Promise.all(sent)).map(({ status }) => status)).toEqual([503, 503, 200])
  expect(emulator.events().map(({ status }) => status)).toEqual(['faulted', 'faulted', 'processed'])
})

it('shows both when an event is sent again after its answer was cut', async () => {
  const emulator = createEmulator({ now })
  emulator.fail({ action: { type: 'process_then_cut' }, times: 1 })
  await expect(post(emulator, { data: [order] })).rejects.toThrow('fetch failed')
  await post(emulator, { data: [order] })
  expect(emulator.events()).toHaveLength(2)
  expect(emulator.events()[0]?.status).toBe('processed')
})
