import { pathToFileURL } from 'node:url'
import type * as Core from '@capi/core'

/**
 * The memory outbox of one build of core takes, hands out and settles events in batches of 100, with ids of their own, which it
 * remembers. Prints the microseconds of CPU time that an event took, for each 10,000 of them.
 */
const BATCH = 100
const STEP = 10_000
const EVENTS = 200_000

const [, , dist = ''] = process.argv
const core = (await import(pathToFileURL(`${dist}/index.js`).href)) as typeof Core & {
  readonly memoryStore?: typeof Core.memoryOutbox
}
const { memoryStore } = core
const outbox = (memoryStore ?? core.memoryOutbox)() as unknown as Record<
  'put' | 'lease' | 'settle',
  (...given: unknown[]) => Promise<never>
>
const day = 86_400_000
const time = () => ({ tickMs: performance.now(), nowMs: Date.now() })
const body = JSON.stringify({ event_name: 'Purchase', filler: 'x'.repeat(600) })

let number = 0
/** A key as core makes it: 32 hexadecimal digits, spread as those of a hash are. */
function nextKey(): string {
  const part = (factor: number) =>
    Math.imul(number, factor).toString(16).replace('-', 'f').padStart(8, '0')
  number++
  return [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f].map(part).join('')
}

async function batch(): Promise<void> {
  const expiresAtMs = Date.now() + 7 * day
  const rememberUntilMs = Date.now() + 2 * day
  const items = Array.from({ length: BATCH }, () => {
    const key = nextKey()
    return {
      lane: '1',
      key,
      event_id: key,
      event_name: 'Purchase',
      body,
      expiresAtMs,
      rememberUntilMs,
    }
  })
  // The earlier build has other names: it takes the time in other places.
  await outbox.put(items, memoryStore === undefined ? time() : Date.now())
  const request = { lane: '1', maxEvents: BATCH, maxBytes: 2 ** 20, leaseMs: 60_000, ...time() }
  const lease: { readonly items: readonly object[] } = await outbox.lease(request, time())
  if (lease.items.length !== BATCH) throw new Error(`${lease.items.length} events were handed out`)
  await outbox.settle(
    lease.items.map((token) => ({ kind: 'delivered', token })),
    time(),
  )
}

const took: number[] = []
for (let step = 0; step < EVENTS / STEP; step++) {
  const start = process.cpuUsage()
  for (let done = 0; done < STEP; done += BATCH) await batch()
  const { user, system } = process.cpuUsage(start)
  took.push((user + system) / STEP)
}
console.log(JSON.stringify(took))
