// Holds the outbox until its standard input ends.
import { finished } from 'node:stream/promises'
import { outboxItem } from '@capi/testing'
import { sqliteStore } from '../../src/index.ts'

const store = sqliteStore({ path: process.argv[2] ?? '' })
await store.put([outboxItem('held')], Date.now())
process.stdout.write('ready\n')
await finished(process.stdin.resume())
await store.close()
