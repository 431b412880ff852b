// Sells as fast as it can, in transactions of its own, and writes each order down that was committed with its event.
import { openSync, writeSync } from 'node:fs'
import { Client } from 'pg'
import { openCapi } from './open-capi.ts'

const [url = '', baseUrl = '', journal = '', first = '0', sellers = '4'] = process.argv.slice(2)
const file = openSync(journal, 'a')
const capi = openCapi(url, baseUrl, 'producer')

async function sell(start: number): Promise<never> {
  const client = new Client({ connectionString: url })
  await client.connect()
  for (let n = start; ; n += Number(sellers)) {
    const event_id = `order.${n}`
    const isCancelled = n % 3 === 0
    await client.query('BEGIN')
    await client.query('INSERT INTO orders (id) VALUES ($1)', [event_id])
    const { outcome } = await capi.track(
      'Purchase',
      { value: 1, currency: 'EUR', order_id: event_id },
      {
        event_id,
        action_source: 'other',
        user_data: { external_id: `person.${n}` },
        transaction: client,
      },
    )
    if (outcome !== 'accepted') writeSync(2, `${event_id} ${outcome}\n`)
    await client.query(isCancelled ? 'ROLLBACK' : 'COMMIT')
    writeSync(file, `${event_id} ${isCancelled ? 'cancelled' : 'sold'}\n`)
    if (n === start) process.stdout.write('started\n')
  }
}
await Promise.all(Array.from({ length: Number(sellers) }, (_, n) => sell(Number(first) + n)))
