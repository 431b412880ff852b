import { createEmulator } from '../src/index.ts'
import { bodies } from './load.ts'

/**
 * How long reports and lists take and hold up the loop: `node --conditions=@capi/source bench/reports.ts [events]`, 10,000
 * without a number. Blocks are processor time between two turns of the loop. 10,000 events, 2683b38: first reports 388, 181
 * and 411 ms in one block; now the longest block is 35 ms, and a report that was read before takes 2 ms (2026-11-28).
 */
const count = Number(process.argv[2] ?? 10_000)
const emulator = createEmulator({ max: count })
const headers = { authorization: 'Bearer any-token-of-a-shop', 'content-type': 'application/json' }

for (let index = 0; index < count / 2; index++) {
  // Every thirtieth pair differs in its id.
  const query = `id=42&ev=Purchase&eid=order.${index}${index % 30 === 0 ? 'x' : ''}&cd[value]=49.9&cd[currency]=EUR`
  const answer = await emulator.fetch(
    `/tr?${query}&fbp=fb.1.1596403881668.${1_000_000_000 + index}`,
  )
  await answer.arrayBuffer()
}
for (const body of bodies(count / 200, 100)) {
  const answer = await emulator.fetch('/v27.0/42/events', { method: 'POST', headers, body })
  await answer.arrayBuffer()
}

const cpuMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
let longest = 0
let last = cpuMs()
let isOver = false
const turn = () => {
  const now = cpuMs()
  longest = Math.max(longest, now - last)
  last = now
  if (!isOver) setImmediate(turn)
}
setImmediate(turn)

const heapMb = Math.round(process.memoryUsage().heapUsed / 1024 / 1024)
console.log(`${count} events, heap ${heapMb} MB`)
for (const when of ['first', 'read before', 'after one more event']) {
  if (when.startsWith('after')) await (await emulator.fetch('/tr?id=42&ev=PageView')).arrayBuffer()
  for (const path of [
    'diagnostics',
    'quality',
    'pairs',
    'events?limit=10000',
    'calls?limit=10000',
  ]) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    longest = 0
    last = cpuMs()
    const before = cpuMs()
    const { length } = await (await emulator.fetch(`/__capi/${path}`)).text()
    await new Promise((resolve) => setImmediate(resolve))
    const took = Math.round(cpuMs() - before)
    console.log(
      `${when}: ${path} ${took} ms, longest block ${Math.round(longest)} ms, ${length} characters`,
    )
  }
}
isOver = true
await emulator.close()
