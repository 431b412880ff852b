import { type CapiOptions, createCapi, memoryOutbox } from '@capi/core'
import type { Outbox } from '@capi/core/outbox'

/** An outbox that counts what is put into it. */
export function counted(options: CapiOptions) {
  const memory = memoryOutbox({ maxEvents: 1000 })
  let puts = 0
  const outbox: Outbox = {
    ...memory,
    put: (items, nowMs, putOptions) => {
      puts += items.length
      return memory.put(items, nowMs, putOptions)
    },
  }
  return { capi: createCapi({ ...options, outbox }), puts: () => puts }
}
