import { expect, it } from 'vitest'
import { requestContext } from '../../src/adapter.ts'

function read(remoteAddress: string, forwarded: string, trusted: readonly string[]) {
  const asked: (readonly [address: string, distance: number])[] = []
  const headers: Record<string, string> = {
    host: '10.0.0.9:3000',
    'x-forwarded-for': forwarded,
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'shop.example',
  }
  const context = requestContext(
    { url: '/cart', remoteAddress, header: (name) => headers[name] },
    {
      trustedProxies: (address, distance) => {
        asked.push([address, distance])
        return trusted.includes(address)
      },
    },
  )
  return { context, asked }
}

it('is asked once for each address of a request', () => {
  const { asked } = read('10.0.0.1', '203.0.113.7, 10.0.0.2', ['10.0.0.1', '10.0.0.2'])
  expect(asked).toEqual([
    ['10.0.0.1', 0],
    ['10.0.0.2', 1],
    ['203.0.113.7', 32],
  ])
})

it('gets an IPv4 address as one, also where the socket speaks IPv6: for the scheme and the host too', () => {
  const { context } = read('::ffff:10.0.0.1', '203.0.113.7', ['10.0.0.1'])
  expect(context.clientIp).toBe('203.0.113.7')
  expect(context.scope.event_source_url).toBe('https://shop.example/cart')
})
