import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

/** Eleven columns, as a till writes them; every row is a sale of one hour ago. */
export async function makeFile(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path)
  file.write(
    'order_id,email,phone,first_name,last_name,city,zip,country,event_time,value,currency\n',
  )
  const time = new Date(Date.now() - 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
  let text = ''
  for (let id = 0; id < rows; id++) {
    const phone = `+4179${String(5_000_000 + (id % 4_999_999)).padStart(7, '0')}`
    text += `R-${id},customer${id}@example.com,${phone},Anna${id % 977},Muster${id % 1_999},Bern,3011,CH,${time} +0000,${(id % 500) + 0.5},CHF\n`
    if (text.length < 65_536) continue
    if (!file.write(text)) await once(file, 'drain')
    text = ''
  }
  file.end(text)
  await once(file, 'finish')
}
