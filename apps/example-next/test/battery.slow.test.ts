import { remoteBattery } from '@capi/testing'
import type { RequestCase } from '@capi/testing/remote-cases'
import { inject } from 'vitest'

const FROM_COOKIE = '_fbi='
const has = ({ request = {} }: RequestCase, text: string) =>
  JSON.stringify(request.headers ?? []).includes(text)

/** What is another there. Who is connected only a socket says, and Next shows none. */
function expects(one: RequestCase): RequestCase['expected'] {
  const { name, setup = {}, expected } = one
  const isTold = setup.trust !== undefined || setup.clientIp !== undefined || has(one, FROM_COOKIE)
  return {
    ...expected,
    ...((!isTold || expected.ip === undefined) && { ip: null }),
    // A stranger's is passed on.
    ...(has(one, 'x-forwarded-host') && !setup.siteUrl && { url: 'http://shop.example/p' }),
    // Next parses the query and writes it again.
    ...(name.endsWith('keeps the query') && { url: 'http://shop.example/p?x=1&y=a+b' }),
    // It is private then: see visit.test.ts.
    ...(/a page that caches share/.test(name) && { cookies: [/^_fbp=/] }),
  }
}

/** What Next answers itself, before any code of an application. */
const ANSWERED_BY_NEXT = [
  'takes the host of an absolute target',
  'does not take a second slash for a host',
  'keeps dots and percent signs of a path',
]

/** Why it cannot be asked. */
function leavesOut(one: RequestCase): string | false {
  const { name, request = {}, setup = {} } = one
  if (Array.isArray(setup.trust)) return 'it does not show the addresses of proxies'
  if (request.isEncrypted === true) return 'TLS ends in front of it'
  if (ANSWERED_BY_NEXT.some((end) => name.endsWith(end))) return 'it redirects, or refuses, itself'
  return has(one, FROM_COOKIE) && request.peer !== '10.0.0.2' && 'it does not show who is connected'
}

remoteBattery({
  name: 'Next 16',
  port: () => Number(new URL(inject('shopUrl')).port),
  leavesOut,
  expects,
})
