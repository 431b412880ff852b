import { CapiError } from '@capi/core'
import { strayErrors } from '@capi/testing'
import { NextRequest } from 'next/server.js'
import { expect, it } from 'vitest'
import { type CapiNextOptions, createCapiNext } from '../src/index.ts'

const CREDENTIALS = { pixelId: '1234567890', accessToken: 'token' }
function logged() {
  const lines: string[] = []
  const logger = { warn: (line: string) => void lines.push(line), error() {} }
  return { lines, logger }
}
const page = (headers: Record<string, string> = {}) =>
  new NextRequest('http://localhost:3000/p?x=1', { headers: { accept: 'text/html', ...headers } })

it.each<[option: string, options: object, message: RegExp]>([
  ['siteUrl', { siteUrl: 'shop.example' }, /siteUrl/],
  ['consent', { consent: 'perhaps' }, /consent/],
  ['a misspelt consent', { concent: 'denied' }, /write "consent"/],
  ['address', { address: 'heroku' }, /address/],
  ['pixelId', { pixelId: 'no digits' }, /pixelId/],
])('stops the start for a malformed option: %s', (_name, options, message) => {
  expect(() => createCapiNext({ ...CREDENTIALS, ...options } as CapiNextOptions)).toThrow(message)
})

it('logs a name that is no option by its own name', () => {
  const { lines, logger } = logged()
  createCapiNext({ ...CREDENTIALS, logger, autoPageview: true } as CapiNextOptions)
  expect(lines).toEqual([
    '@capi/next: createCapiNext ignores an option it does not know: "autoPageview", meant "autoPageView"? (option_unknown)',
  ])
})

it('refuses a collector that would let anybody in', () => {
  const { handlers } = createCapiNext(CREDENTIALS)
  expect(() => handlers({ allowedOrigins: ['*'], events: ['Lead'] })).toThrow('allowedOrigins')
})

it('says what to do where no request is answered', async () => {
  const { getCapi } = createCapiNext(CREDENTIALS)
  await expect(getCapi()).rejects.toThrow('capi.client')
  await expect(getCapi({ headers: {} }, undefined as never)).rejects.toThrow('getCapi(req, res)')
})

it('drops every event, and sets no cookie, when it is switched off', async () => {
  const { lines, logger } = logged()
  const { proxy, client } = createCapiNext({ enabled: false, autoPageView: true, logger })
  expect((await proxy(page())).headers.getSetCookie()).toEqual([])
  expect((await client.stats()).delivered).toBe(0)
  expect(lines).toEqual([])
})

it.each([
  ['credentials', 'user:secret@shop.example'],
  ['a path', 'shop.example/x'],
  ['a port that is none', 'shop.example:99999999'],
  ['markup', '<b>'],
])('lets a request go on whose Host has %s', async (_name, host) => {
  const { proxy } = createCapiNext({ ...CREDENTIALS, logger: logged().logger })
  const { headers } = await proxy(page({ host }))
  expect(headers.get('x-middleware-next')).toBe('1')
  expect(headers.get('x-middleware-request-x-capi-visit')).toMatch(/ GET \/p\?x=1$/)
  expect(headers.getSetCookie()).toEqual([expect.stringMatching(/^_fbp=/)])
})

it('gives the functions of the options Next’s own request', async () => {
  const { proxy } = createCapiNext({
    ...CREDENTIALS,
    logger: logged().logger,
    consent: ({ cookies, nextUrl }: NextRequest) =>
      cookies.get('consent')?.value === 'yes' && nextUrl.pathname === '/p' ? 'granted' : 'denied',
  })
  expect((await proxy(page({ cookie: 'consent=no' }))).headers.getSetCookie()).toEqual([])
  expect((await proxy(page({ cookie: 'consent=yes' }))).headers.getSetCookie()).toHaveLength(1)
})

it('answers what no function of it takes with a value or a CapiError', async () => {
  const { logger } = logged()
  const { handlers } = createCapiNext({ ...CREDENTIALS, logger })
  const functions = {
    handlers,
    createCapiNext: (given: object) =>
      createCapiNext(given && ({ logger, ...given } as CapiNextOptions)).client,
  }
  expect(await strayErrors(functions, (error) => CapiError.is(error))).toEqual([])
})
