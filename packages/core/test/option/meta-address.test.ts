import { describe, expect, it } from 'vitest'
import { refuseSiteAddress } from '../../src/adapter.ts'
import { createCapi } from '../../src/index.ts'

const quiet = { warn() {}, error() {} }
const make = (baseUrl: string) =>
  createCapi({ pixelId: '1234567890', accessToken: 'token', logger: quiet, baseUrl })

it.each([
  'http://localhost:2274',
  'http://LOCALHOST',
  'http://shop.localhost:2274',
  'http://127.0.0.1:2274',
  'http://127.255.255.254',
  'http://0x7f000001',
  'http://[::1]:2274',
  'http://10.0.0.1',
  'http://10.255.255.255',
  'http://172.16.0.1',
  'http://172.31.255.255',
  'http://192.168.0.1:8080',
  'http://169.254.10.20',
  'http://[fc00::1]',
  'http://[fdff:ffff::1]',
  'http://[fe80::1]',
  'http://[febf::1]',
  'http://[::ffff:10.0.0.5]',
  'http://[::ffff:127.0.0.1]:2274',
  'http://emulator:2274',
  'http://capi-emulator',
  'http://emulator.local',
  'http://emulator.default.svc.cluster.local:80',
  'http://meta.internal',
  'http://meta.test',
  'http://meta.test.',
  'https://graph.facebook.com',
  'https://meta.example',
  'https://8.8.8.8',
])('takes %s', (address) => {
  expect(() => make(address)).not.toThrow()
})

it.each([
  'http://graph.facebook.com',
  'http://meta.example',
  'http://8.8.8.8',
  'http://0.0.0.0',
  'http://9.255.255.255',
  'http://11.0.0.1',
  'http://100.64.0.1',
  'http://126.255.255.255',
  'http://128.0.0.1',
  'http://169.253.0.1',
  'http://172.15.255.255',
  'http://172.32.0.1',
  'http://192.167.0.1',
  'http://192.169.0.1',
  'http://[::]',
  'http://[::2]',
  'http://[fbff::1]',
  'http://[fe00::1]',
  'http://[fec0::1]',
  'http://[2001:db8::1]',
  'http://[::ffff:8.8.8.8]',
  'http://localhost.example',
  'http://mylocalhost.example',
  'http://notlocal.locale',
  'http://internal.example',
  'http://test.example',
  'http://10.0.0.1.example',
  'http://127.0.0.1@meta.example',
  'http://com.',
])('refuses %s: the token would travel in clear', (address) => {
  expect(() => make(address)).toThrow(
    /^Option baseUrl must begin with https: over http, the access token would travel in clear to /,
  )
})

it.each([
  'ftp://127.0.0.1',
  'localhost:2274',
  'graph.facebook.com',
  'file:///etc',
  '//meta.example',
])('refuses %s, which is no address of the web', (address) => {
  expect(() => make(address)).toThrow(
    'Option baseUrl must be an http or https address (CAPI_BASE_URL).',
  )
})

it('takes a Gateway by the same rule: its key travels in each request', () => {
  const gateway = (url: string) => () =>
    createCapi({ pixelId: '1234567890', logger: quiet, gateway: { url, accessKey: 'key' } })
  expect(gateway('http://gateway:8080')).not.toThrow()
  expect(gateway('http://gateway.example')).toThrow(
    'Option gateway.url must begin with https: over http, its access key',
  )
})

describe('the address of a site in place of Meta’s', () => {
  it.each([
    [{ baseUrl: 'https://shop.example' }, "siteUrl: 'https://shop.example'"],
    [{ baseUrl: 'https://shop.example/de/' }, "siteUrl: 'https://shop.example'"],
    [{ baseUrl: 'http://www.shop.example' }, "siteUrl: 'http://www.shop.example'"],
    [{ baseUrl: 'shop.example' }, "siteUrl: 'https://shop.example'"],
    [{ baseUrl: 7 }, "siteUrl: 'https://shop.example'"],
    [{ baseUrl: 'https://facebook.com.shop.example' }, 'siteUrl'],
    [{ baseUrl: 'https://notfacebook.com' }, 'siteUrl'],
    [{ baseUrl: 'https://shop.example', siteUrl: 'https://shop.example/de' }, 'siteUrl'],
  ])('is refused with what to write: %j', (options, written) => {
    expect(() => refuseSiteAddress(options)).toThrow("Option baseUrl is the address of Meta's API")
    expect(() => refuseSiteAddress(options)).toThrow(written)
  })

  it.each([
    {},
    { baseUrl: 'https://graph.facebook.com' },
    { baseUrl: 'https://graph.beta.facebook.com/' },
    { baseUrl: 'http://127.0.0.1:2274' },
    { baseUrl: 'http://emulator:2274' },
    { baseUrl: 'https://meta-proxy.example', siteUrl: 'https://shop.example' },
  ])('is not %j', (options) => {
    expect(() => refuseSiteAddress(options)).not.toThrow()
  })
})
