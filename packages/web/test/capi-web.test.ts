import { createEmulator } from '@capi/emulator'
import { expect, it } from 'vitest'
import { capiWeb, type Platform } from '../src/index.ts'

const PAGE = { accept: 'text/html', 'user-agent': 'UA/1', cookie: 'a=b' }
const page = (path: string, headers = {}) =>
  new Request(`https://shop.example${path}`, { headers: { ...PAGE, ...headers } })

function world(more = {}) {
  const emulator = createEmulator()
  const log: string[] = []
  const logger = {
    warn: (line: string) => void log.push(line),
    error: (line: string) => void log.push(line),
  }
  const web = capiWeb({
    pixelId: '1234567890',
    accessToken: 'token',
    fetch: emulator.fetch,
    logger,
    ...more,
  })
  const sent = () => emulator.events().map(({ payload }) => payload)
  return { emulator, log, web, sent }
}

/** A platform that keeps what it is handed. */
function platform(more: Platform = {}) {
  const works: Promise<unknown>[] = []
  return { ...more, works, waitUntil: (work: Promise<unknown>) => void works.push(work) }
}

it('opens a page, gives its cookies to what runs behind, sets them and tracks its view', async () => {
  const { web, sent } = world({ autoPageView: true })
  const visit = web.open(page('/p?fbclid=AbC'), { remoteAddress: '203.0.113.7' })
  expect(visit.cookieHeader).toMatch(/^a=b; _fbc=fb\.1\.\d+\.AbC; _fbp=fb\.1\.\d+\.\d+$/)
  const response = new Response('ok')
  expect(visit.finish(response)).toBe(response)
  const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0])
  expect(`a=b; ${cookies.join('; ')}`).toBe(visit.cookieHeader)
  await web.client.flush()
  expect(sent()).toMatchObject([
    {
      event_name: 'PageView',
      event_source_url: 'https://shop.example/p?fbclid=AbC',
      user_data: { client_ip_address: '203.0.113.7', client_user_agent: 'UA/1' },
    },
  ])
})

it('closes the client of a request in waitUntil, also of what is tracked after the response', async () => {
  const { web, sent } = world()
  const isolate = platform({ isolated: true, remoteAddress: '203.0.113.7' })
  const visit = web.open(page('/'), isolate)
  await visit.capi.track('Lead', {}, { event_id: 'lead.1' })
  visit.finish(new Response('ok'))
  await visit.capi.track('Lead', {}, { event_id: 'lead.2' })
  expect(isolate.works).toHaveLength(2)
  await Promise.all(isolate.works)
  expect(sent().map((event) => event['event_id'])).toEqual(['lead.1', 'lead.2'])
})
