// One worker process of the bench: starts to deliver when its standard input says so.
import { once } from 'node:events'
import { createCapi } from '@capi/core'
import { PgBoss } from 'pg-boss'
import { pgBossOutbox } from '../src/index.ts'

const [url = '', baseUrl = '', maxEvents = '100', concurrency = '4'] = process.argv.slice(2)
const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false })
await boss.start()
console.log('ready')
await once(process.stdin, 'data')
createCapi({
  pixelId: '1234567890',
  accessToken: 'token',
  baseUrl,
  batch: { maxEvents: Number(maxEvents), concurrency: Number(concurrency) },
  outbox: pgBossOutbox({ boss }),
})
