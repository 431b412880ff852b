// Does not close: the process ends when the put is answered, not before or later.
import { outboxItem } from '@capi/testing'
import { sqliteStore } from '../../src/index.ts'

const store = sqliteStore({ path: process.argv[2] ?? '' })
const [outcome] = await store.put([outboxItem('a')], Date.now())
process.stdout.write(`${outcome}\n`)
