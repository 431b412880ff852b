// Puts events as fast as it can, and writes the id of each one down once it was accepted: into a
// file, because what is written there is never refused and outlives the process.
import { openSync, writeSync } from 'node:fs'
import { outboxItem } from '@capi/core/outbox-test'
import { sqliteOutbox } from '../../src/index.ts'

const [path = '', durability, first = '0', acknowledged = ''] = process.argv.slice(2)
const file = openSync(acknowledged, 'a')
const outbox = sqliteOutbox({ path, durability: durability === 'fast' ? 'fast' : 'strict' })

async function writeFrom(start: number): Promise<never> {
  for (let n = start; ; n += 20) {
    const [result] = await outbox.put([outboxItem(`e${n}`)], { tickMs: 0, nowMs: Date.now() })
    if (result === 'accepted') writeSync(file, `e${n}\n`)
    if (n === start) process.stdout.write('started\n')
  }
}
await Promise.all(Array.from({ length: 20 }, (_, n) => writeFrom(Number(first) + n)))
