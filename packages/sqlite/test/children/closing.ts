// Closes while nothing else keeps the process alive.
import { outboxItem } from '@capi/testing'
import { sqliteStore } from '../../src/index.ts'

const store = sqliteStore({ path: process.argv[2] ?? '' })
await store.put([outboxItem('a')], Date.now())
await store.close()
process.stdout.write('closed\n')
