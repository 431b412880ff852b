import assert from 'node:assert/strict'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** Behind one proxy, which speaks TLS to the visitor. */
const VISITOR = {
  host: 'shop.example',
  'user-agent': 'Mozilla/5.0 Test',
  'x-forwarded-for': '198.51.100.66, 203.0.113.7',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'shop.example',
  'cf-connecting-ip': '203.0.113.7',
}
const PAGE = { ...VISITOR, accept: 'text/html', 'sec-fetch-dest': 'document' }
const ORIGIN = 'https://shop.example'
const DEADLINE_MS = 30_000

/** What visitors must not be able to break a page with; each header by itself. */
const HOSTILE: Readonly<Record<string, string>>[] = [
  { cookie: '_fbp=%E0%A4%A; _fbc=<script>; a=b=c;;;=' },
  { 'x-forwarded-for': '<script>alert(1)</script>,,unknown, ,' },
  { 'x-forwarded-proto': 'javascript' },
  { 'user-agent': '' },
  { referer: 'http://[bad' },
]

type Headers = Readonly<Record<string, string>>

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

interface Asked {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Sends the headers as they are: `fetch` would not let a Host pass. */
function ask(port: number, asked: Asked = {}): Promise<Answer> {
  const { method = 'GET', path = '/', headers = PAGE, body = '' } = asked
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, method, path, headers, agent: false, timeout: DEADLINE_MS },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        response.on('error', reject)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        )
      },
    )
    sent.on('timeout', () => sent.destroy(new Error(`${path} was not answered.`)))
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Resolves when the application answers. */
export async function answers(port: number, isOver: () => boolean): Promise<void> {
  const start = performance.now()
  while (performance.now() - start < DEADLINE_MS && !isOver()) {
    const { status } = await ask(port, { path: '/favicon.ico' }).catch(() => ({ status: 0 }))
    if (status !== 0) return
    await sleep(100)
  }
  throw new Error('It does not answer.')
}

interface Emulated {
  readonly url: string
}

interface Captured {
  readonly event_id: string
  readonly status: string
  readonly payload: {
    readonly event_source_url?: string
    readonly user_data: Readonly<Record<string, unknown>>
  }
}

/** The event of the server that Meta would count. */
export async function arrived({ url }: Emulated, event_name: string, event_id: string) {
  const query = new URLSearchParams({ event_name, event_id, source: 'server', timeoutMs: '15000' })
  const response = await fetch(`${url}/__capi/wait?${query.toString()}`)
  const text = await response.text()
  assert.equal(response.status, 200, `No ${event_name} ${event_id}: ${text}`)
  return JSON.parse(text) as Captured
}

/** The Pixel of the page reports the same event: Meta must count one of both. */
async function pixelReports(emulator: Emulated, event_name: string, event_id: string) {
  const query = new URLSearchParams({ id: '1234567890', ev: event_name, eid: event_id })
  query.set('dl', `${ORIGIN}/`)
  assert.ok((await fetch(`${emulator.url}/tr?${query.toString()}`)).ok)
  const found = new URLSearchParams({ event_name, event_id })
  const text = await (await fetch(`${emulator.url}/__capi/events?${found.toString()}`)).text()
  const list: unknown = JSON.parse(text)
  const events = (Array.isArray(list) ? list : (list as { events: unknown }).events) as Captured[]
  const states = events.map(({ status }) => status)
  assert.deepEqual(new Set(states), new Set(['processed', 'deduplicated']), text)
  assert.equal(states.length, 2, text)
}

const cookiesOf = ({ headers }: Answer) => [headers['set-cookie'] ?? []].flat()

/** A visitor comes by an advertisement, sees a page, puts a mug on the wish list and buys it. */
export async function visit(port: number, emulator: Emulated, hasOneCookie = false): Promise<void> {
  const page = await ask(port, { path: '/?fbclid=AbC' })
  assert.equal(page.status, 200, page.body)
  const cookies = cookiesOf(page)
  const names = cookies.map((line) => line.split('=')[0])
  const kept = ['_fbc', '_fbp'].filter((name) => names.includes(name))
  assert.equal(kept.length, hasOneCookie ? 1 : 2, `Set-Cookie: ${cookies.join(' | ')}`)
  for (const line of cookies) assert.doesNotMatch(line, /httponly/i)
  const [, event_id = ''] = /(?:eventID: |data-event-id=)["'`]([^"'`]+)/.exec(page.body) ?? []
  assert.notEqual(event_id, '', page.body)
  const view = await arrived(emulator, 'ViewContent', event_id)
  const { user_data, event_source_url } = view.payload
  assert.match(String(event_source_url), /^https:\/\/shop\.example\/\?fbclid=AbC$/)
  assert.equal(user_data['client_ip_address'], '203.0.113.7')
  assert.equal(user_data['client_user_agent'], VISITOR['user-agent'])
  assert.match(String(user_data['fbc']), /\.AbC$/)
  const fbp = cookies.find((line) => line.startsWith('_fbp='))?.split(/[=;]/)[1]
  if (fbp !== undefined) assert.equal(user_data['fbp'], fbp)
  await pixelReports(emulator, 'ViewContent', event_id)

  const headers = {
    ...VISITOR,
    origin: ORIGIN,
    referer: `${ORIGIN}/mug`,
    cookie: cookies.map((line) => line.split(';')[0]).join('; '),
  }
  await wish(port, emulator, headers)
  await buy(port, { headers })
  const bought = await arrived(emulator, 'Purchase', 'order.1001')
  assert.match(JSON.stringify(bought.payload.user_data['em']), /^\["[0-9a-f]{64}"\]$/)
  if (fbp !== undefined) assert.equal(bought.payload.user_data['fbp'], fbp)
}

/** The page's scripts call an API on another host, and the Pixel has set the cookies. */
export async function visitApi(port: number, emulator: Emulated): Promise<void> {
  const fbp = 'fb.1.1596403881668.1116446470'
  const headers = {
    ...VISITOR,
    host: 'api.shop.example',
    'x-forwarded-host': 'api.shop.example',
    origin: ORIGIN,
    referer: `${ORIGIN}/`, // all that browsers send to another origin
    'sec-fetch-dest': 'empty',
    'sec-fetch-site': 'same-site',
    'x-page': `${ORIGIN}/mug?fbclid=AbC`,
    cookie: `_fbp=${fbp}`,
  }
  const preflight = await ask(port, {
    method: 'OPTIONS',
    path: '/api/view',
    headers: { ...headers, 'access-control-request-method': 'POST' },
  })
  assert.equal(preflight.headers['access-control-allow-origin'], ORIGIN)
  const answer = await ask(port, { method: 'POST', path: '/api/view', headers })
  assert.equal(answer.headers['access-control-allow-origin'], ORIGIN)
  assert.deepEqual(cookiesOf(answer), [], 'a script is no page')
  const { event_id } = JSON.parse(answer.body) as { event_id: string }
  const { payload } = await arrived(emulator, 'ViewContent', event_id)
  assert.equal(payload.event_source_url, `${ORIGIN}/mug?fbclid=AbC`)
  assert.equal(payload.user_data['client_ip_address'], '203.0.113.7')
  assert.equal(payload.user_data['fbp'], fbp)
  assert.match(String(payload.user_data['fbc']), /\.AbC$/)
  await pixelReports(emulator, 'ViewContent', event_id)
  await wish(port, emulator, headers)
  await buy(port, { headers, path: '/api/checkout' })
  await arrived(emulator, 'Purchase', 'order.1001')
}

/** The page sends a beacon to the collector, and the Pixel reports the same. */
async function wish(port: number, emulator: Emulated, headers: Headers): Promise<void> {
  const custom_data = { content_ids: ['mug'] }
  const event = { event_name: 'AddToWishlist', event_id: 'wish.1', custom_data }
  const beacon = await ask(port, {
    method: 'POST',
    path: '/events',
    headers: { ...headers, 'content-type': 'text/plain;charset=UTF-8' },
    body: JSON.stringify(event),
  })
  assert.equal(beacon.status, 204, beacon.body)
  const { payload } = await arrived(emulator, 'AddToWishlist', 'wish.1')
  const sent = /_fbp=([^;]+)/.exec(headers['cookie'] ?? '')?.[1]
  if (sent !== undefined) assert.equal(payload.user_data['fbp'], sent)
  await pixelReports(emulator, 'AddToWishlist', 'wish.1')
}

/** Sends the form of the page. Resolves with the order's id. */
export async function buy(
  port: number,
  { headers = {}, path = '/checkout' }: { readonly headers?: Headers; readonly path?: string } = {},
): Promise<string> {
  const answer = await ask(port, {
    method: 'POST',
    path,
    headers: {
      ...VISITOR,
      origin: ORIGIN,
      ...headers,
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'product=mug',
  })
  assert.ok(answer.status < 400, `${answer.status} ${answer.body}`)
  return '1001'
}

/** No header breaks a page; a Host that is none may be refused, and the server lives on. */
export async function visitHostile(
  port: number,
  {
    malformedHost,
    isApi = false,
  }: { malformedHost: readonly number[]; isApi?: boolean | undefined },
): Promise<void> {
  const asked = isApi ? { method: 'POST', path: '/api/view' } : {}
  for (const hostile of HOSTILE) {
    const { status, body } = await ask(port, { ...asked, headers: { ...PAGE, ...hostile } })
    assert.equal(status, 200, `${JSON.stringify(hostile)}: ${status} ${body}`)
  }
  const { status } = await ask(port, { ...asked, headers: { ...PAGE, host: '<b>shop</b>' } })
  assert.ok(malformedHost.includes(status), `Host <b>shop</b> is answered with ${status}`)
  assert.equal((await ask(port, asked)).status, 200)
}
