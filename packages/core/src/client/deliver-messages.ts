import { systemClock } from '../runtime/clock.ts'
import { memoryOutbox } from '../store/memory-outbox.ts'
import { itemOf } from '../store/producer-outbox.ts'
import { createCapi } from './create-capi.ts'
import type { CapiOptions } from './options.ts'

/** Half a minute is what most queues allow a consumer at least. */
const DELIVER_MS = 20_000

/**
 * Delivers what `producerOutbox` sent through a queue, and waits for it.
 * @param deliverMs milliseconds to try; default 20,000.
 * @returns for each message whether it is done: Meta took its event, or refused it for what it is, or it is too old for Meta (`onDropped`
 * hears of the last two). The others are the queue's to hand out again later; so is a message that is no event.
 * @throws CapiConfigError for a malformed option: then no message is done.
 */
export async function deliverMessages(
  messages: readonly unknown[],
  options: CapiOptions,
  deliverMs = DELIVER_MS,
): Promise<readonly boolean[]> {
  const { clock = systemClock } = options
  const time = () => ({ nowMs: clock.now(), tickMs: clock.tick() })
  const items = messages.map(itemOf)
  const found = items.filter((item) => item !== undefined)
  const size = found.reduce((sum, { body }) => sum + body.length, 0)
  const memory = memoryOutbox({ maxEvents: items.length + 1, maxBytes: size + 1 })
  await memory.put(found, time())
  // What is not delivered goes back to the queue: it is not lost with this client, which takes the outbox for a durable one.
  const outbox = { ...memory, isDurable: true as const, close: async () => [] }
  const client = createCapi({ ...options, outbox })
  await client.flush({ timeoutMs: deliverMs })
  await client.close()
  const left = new Set<string>()
  for (const lane of Object.keys(await memory.recover(time()))) {
    const request = { lane, maxEvents: items.length, maxBytes: size, leaseMs: 1 }
    for (const { key } of (await memory.lease(request, time())).items) left.add(key)
  }
  return items.map((item) => item !== undefined && !left.has(item.key))
}
