// Does not close: the process ends when the put is answered, not before or later.
import { outboxItem } from '@capi/core/outbox-test'
import { sqliteOutbox } from '../../src/index.ts'

const outbox = sqliteOutbox({ path: process.argv[2] ?? '' })
const [result] = await outbox.put([outboxItem('a')], { tickMs: 0, nowMs: Date.now() })
process.stdout.write(`${result}\n`)
