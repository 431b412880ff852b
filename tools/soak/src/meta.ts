// Meta, as a process of its own: the emulator, which fails as it is asked on stdin. A line is a fault; an empty line ends those
// that were asked for, but not what always fails now and then.
import { createInterface } from 'node:readline'
import { createEmulator, type FaultRule } from '@capi/emulator'

const ALWAYS: readonly FaultRule[] = [
  { preset: 'flaky', probability: 0.01 },
  { action: { type: 'process_then_cut' }, probability: 0.002 },
  { preset: 'near-limit', probability: 0.05 },
]

const [persist = ''] = process.argv.slice(2)
const emulator = createEmulator({ max: 2_000, persist })
const { url } = await emulator.listen({ port: 0 })
const ends: (() => void)[] = []
for (const rule of ALWAYS) emulator.fail(rule)
process.stdout.write(`${url}\n`)
createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === '') for (const end of ends.splice(0)) end()
  else ends.push(emulator.fail(JSON.parse(line) as FaultRule))
})
