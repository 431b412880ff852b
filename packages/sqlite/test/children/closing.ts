// Closes while nothing else keeps the process alive.
import { outboxItem } from '@capi/core/outbox-test'
import { sqliteOutbox } from '../../src/index.ts'

const outbox = sqliteOutbox({ path: process.argv[2] ?? '' })
await outbox.put([outboxItem('a')], { tickMs: 0, nowMs: Date.now() })
await outbox.close()
process.stdout.write('closed\n')
