// What put, lease and settle of 100 events cost with 1,000 waiting, and with 1,000,000: two outboxes in one process, in turn,
// medians. Then the memory of a process of its own with each. By hand: `npm run bench`.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { OutboxThread } from '../src/thread/outbox-thread.ts'
import {
  fileNamed,
  fill,
  items,
  LANE,
  median,
  megabytes,
  ms,
  open,
  print,
  time,
} from './workload.ts'

const MANY = Number(process.env['BENCH_QUEUE'] ?? 1_000_000)
const FEW = 1_000
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 300)

/** As much is delivered as is put: the outbox holds as many as before. */
async function round(thread: OutboxThread): Promise<Record<string, number>> {
  const now = time()
  const given = items(100)
  const start = performance.now()
  await thread.call('put', given, now)
  const put = performance.now()
  const request = { lane: LANE, maxEvents: 100, maxBytes: 1e6, leaseMs: 60_000 }
  const leased = await thread.call('lease', request, now)
  const lease = performance.now()
  const settlements = leased.items.map((token) => ({ kind: 'delivered', token }) as const)
  await thread.call('settle', settlements, now)
  return { put: put - start, lease: lease - put, settle: performance.now() - lease }
}

const [, , path] = process.argv
if (path !== undefined) {
  const thread = open(path, 'fast')
  for (let n = 0; n < ROUNDS; n++) await round(thread)
  globalThis.gc?.()
  process.stdout.write(String(process.memoryUsage().rss))
  await thread.close()
} else {
  const files = { few: fileNamed('few.db'), many: fileNamed('many.db') }
  const few = open(files.few)
  const filling = open(files.many, 'fast')
  await fill(few, FEW)
  await fill(filling, MANY)
  await filling.close()
  const many = open(files.many)
  const found: Record<'few' | 'many', Record<string, number>[]> = { few: [], many: [] }
  for (let n = 0; n < ROUNDS; n++) {
    found.few.push(await round(few))
    found.many.push(await round(many))
  }
  for (const step of ['put', 'lease', 'settle']) {
    const [a, b] = [found.few, found.many].map((all) => median(all.map((one) => one[step] ?? 0)))
    const ratio = (b ?? 0) / (a ?? 1)
    print(
      `${step} of 100: ${ms(a ?? 0)} with ${FEW} waiting, ${ms(b ?? 0)} with ${MANY}: ${ratio.toFixed(2)} ×`,
    )
  }
  const sum = (all: Record<string, number>[]) =>
    median(all.map((one) => Object.values(one).reduce((total, part) => total + part, 0)))
  print(`all three: ${(sum(found.many) / sum(found.few)).toFixed(2)} ×`)
  await few.close()
  await many.close()
  const rss = [files.few, files.many].map((file) => {
    const node = ['--conditions=@capi/source', '--expose-gc', fileURLToPath(import.meta.url), file]
    return Number(spawnSync(process.execPath, node, { encoding: 'utf8' }).stdout)
  })
  const [small = 1, large = 1] = rss
  print(`memory: ${megabytes(small)} and ${megabytes(large)}: ${(large / small).toFixed(2)} ×`)
}
