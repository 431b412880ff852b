// Holds the outbox until its standard input ends.
import { finished } from 'node:stream/promises'
import { outboxItem } from '@capi/core/outbox-test'
import { sqliteOutbox } from '../../src/index.ts'

const outbox = sqliteOutbox({ path: process.argv[2] ?? '' })
await outbox.put([outboxItem('held')], { tickMs: 0, nowMs: Date.now() })
process.stdout.write('ready\n')
await finished(process.stdin.resume())
await outbox.close()
