import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createCapi, sha256 } from '@capi/core'
import { expect, it, vi } from 'vitest'
import { sqliteOutbox } from '../src/index.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()
const CANARIES = [
  'canary-token',
  'Canary.Mail',
  'canary.mail',
  '41795551234',
  '555 12 34',
  'anaryname',
]

/** Everything the outbox wrote, whatever the file is called. */
function written(path: string): string {
  const folder = dirname(path)
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join()
}

it('writes neither the token nor what only people know, and wipes what was delivered', async () => {
  const path = newPath()
  let isDown = true
  const capi = createCapi({
    pixelId: '1234567890',
    accessToken: 'canary-token',
    outbox: sqliteOutbox({ path }),
    logger: { warn() {}, error() {} },
    retry: { baseDelayMs: 1, maxDelayMs: 1 },
    async fetch() {
      if (isDown) throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })
      return Response.json({ events_received: 1 })
    },
  })
  await capi.track(
    'Purchase',
    { value: 1, currency: 'EUR' },
    {
      event_id: 'order.1',
      action_source: 'website',
      event_source_url: 'https://shop.example/?mail=canary.mail@example.com',
      user_data: {
        em: 'Canary.Mail@example.com',
        ph: '+41 79 555 12 34',
        fn: 'Canaryname',
        client_user_agent: 'UA/1',
      },
    },
  )
  await capi.flush({ timeoutMs: 20 })
  const hash = sha256('canary.mail@example.com')
  // The scan does see what is there, unless it moves from one file to the other between two reads.
  const waiting = await vi.waitFor(() => {
    const all = written(path)
    expect(all.includes(hash)).toBe(true)
    return all
  }, 10_000)
  for (const canary of CANARIES) expect(waiting, canary).not.toContain(canary)

  isDown = false
  expect(await capi.close()).toMatchObject({ delivered: 1, queued: 0 })
  expect(written(path).includes(hash)).toBe(false)
})
