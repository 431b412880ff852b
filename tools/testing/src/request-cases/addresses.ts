import { FBP, type Match, type RequestCase, type RequestSetup } from './request-case.ts'

/** Who is connected, and what Meta gets of it. */
const PEERS: readonly [peer: string | null, ip: Match][] = [
  ['168.212.226.204', '168.212.226.204'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:203.0.113.7', '203.0.113.7'],
  ['::ffff:cb00:7107', '203.0.113.7'],
  ['2001:db8::1', '2001:db8::1'],
  ['2001:0db8:85a3:0000:0000:8a2e:0370:7334', '2001:0db8:85a3:0000:0000:8a2e:0370:7334'],
  ['2A02:1210::A', '2A02:1210::A'],
  ['172.32.0.1', '172.32.0.1'],
  ['100.128.0.1', '100.128.0.1'],
  ['127.0.0.1', null],
  ['10.1.2.3', null],
  ['172.16.0.1', null],
  ['192.168.1.1', null],
  ['169.254.0.1', null],
  ['100.64.0.1', null],
  ['0.0.0.0', null],
  ['::', null],
  ['::1', null],
  ['::ffff:10.0.0.5', null],
  ['fd00::1', null],
  ['fe80::1%eth0', null],
  ['ff02::1', null],
  [null, null],
]

const ONE: RequestSetup = { trust: 1 }
const TWO: RequestSetup = { trust: 2 }
const LISTED: RequestSetup = { trust: ['10.0.0.2', '10.0.0.3'] }
const NONE: RequestSetup = {}

/** X-Forwarded-For from 10.0.0.2: the visitor's address, as many proxies are trusted. */
const CHAINS: readonly [
  name: string,
  setup: RequestSetup,
  forwarded: readonly string[],
  ip: Match,
][] = [
  ['is not read without a trusted proxy', NONE, ['203.0.113.9'], null],
  ['names the visitor', ONE, ['203.0.113.9'], '203.0.113.9'],
  [
    'counts by its last entry, for the others anybody may write',
    ONE,
    ['6.6.6.6, 203.0.113.9'],
    '203.0.113.9',
  ],
  [
    'of two proxies counts by the last but one',
    TWO,
    ['6.6.6.6, 203.0.113.9, 10.0.0.3'],
    '203.0.113.9',
  ],
  ['that is shorter than the chain ends with its first entry', TWO, ['203.0.113.9'], '203.0.113.9'],
  [
    'ends at the first address that is no listed proxy',
    LISTED,
    ['6.6.6.6, 203.0.113.9, 10.0.0.3'],
    '203.0.113.9',
  ],
  [
    'of unlisted proxies in the middle ends there',
    LISTED,
    ['203.0.113.9, 10.0.0.4, 10.0.0.3'],
    null,
  ],
  ['in two lines is one', TWO, ['203.0.113.9', '10.0.0.3'], '203.0.113.9'],
  ['may name a port', ONE, ['203.0.113.9:4711'], '203.0.113.9'],
  ['may name IPv6', ONE, ['2001:db8::7'], '2001:db8::7'],
  ['may name IPv6 in brackets, with a port', ONE, ['[2001:db8::7]:443'], '2001:db8::7'],
  ['may name IPv4 as IPv6', ONE, ['::ffff:203.0.113.9'], '203.0.113.9'],
  ['may be padded', ONE, ['   203.0.113.9   '], '203.0.113.9'],
  ['of an unknown visitor gives none', ONE, ['unknown'], null],
  ['that is empty gives none of its own', ONE, [''], null],
  ['full of markup gives none', ONE, ['<script>alert(1)</script>'], null],
  ['that ends with a comma gives none', ONE, ['203.0.113.9,'], null],
  ['of a private visitor gives none', ONE, ['192.168.0.17'], null],
  [
    'of 400 entries counts by its last',
    ONE,
    [`${'6.6.6.6, '.repeat(400)}203.0.113.9`],
    '203.0.113.9',
  ],
]

/** Headers that only some proxies write, and everybody can. */
const OTHERS: readonly [name: string, value: string][] = [
  ['x-real-ip', '6.6.6.6'],
  ['cf-connecting-ip', '6.6.6.6'],
  ['true-client-ip', '6.6.6.6'],
  ['x-client-ip', '6.6.6.6'],
  ['forwarded', 'for=6.6.6.6;proto=https;host=evil.example'],
]

const GIVEN: RequestSetup = { clientIp: () => '198.51.100.4' }
const PRIVATE: RequestSetup = { clientIp: () => '10.9.9.9' }
const UNSURE: RequestSetup = { clientIp: () => undefined }
const FAILING: RequestSetup = {
  clientIp() {
    throw new Error('boom')
  },
}

/** Meta's cookie with the visitor's address, and who is connected. */
const TOLD: readonly [name: string, fbi: string, peer: string, ip: Match][] = [
  ['its IPv6 counts before IPv4', '2606:4700::1111.BA', '203.0.113.7', '2606:4700::1111'],
  ['its IPv6 does not replace IPv6', '2606:4700::1111.BA', '2001:db8::7', '2001:db8::7'],
  ['its IPv4 does not replace IPv4', '8.8.8.8.BA', '203.0.113.7', '203.0.113.7'],
  ['its IPv4 counts where there is no public one', '8.8.8.8.AQQAAQAA', '10.0.0.2', '8.8.8.8'],
  ['a private one does not count', '192.168.0.7.BA', '10.0.0.2', null],
  ['a malformed one does not count', '<script>.BA', '203.0.113.7', '203.0.113.7'],
]

export const ADDRESS_CASES: readonly RequestCase[] = [
  ...TOLD.map(
    ([name, fbi, peer, ip]): RequestCase => ({
      name: `of the cookie _fbi ${name}`,
      request: { peer, headers: [['cookie', `_fbp=${FBP}; _fbi=${fbi}`]] },
      expected: { ip },
    }),
  ),
  ...PEERS.map(
    ([peer, ip]): RequestCase => ({
      name: `reads the address ${peer} as ${ip}`,
      request: { peer },
      expected: { ip },
    }),
  ),
  ...CHAINS.map(
    ([name, setup, forwarded, ip]): RequestCase => ({
      name: `X-Forwarded-For ${name}`,
      request: { peer: '10.0.0.2', headers: forwarded.map((line) => ['x-forwarded-for', line]) },
      setup,
      expected: { ip },
    }),
  ),
  {
    name: 'X-Forwarded-For is not read from a visitor who connects directly',
    request: { headers: [['x-forwarded-for', '6.6.6.6']] },
    setup: LISTED,
    expected: {},
  },
  ...OTHERS.map(
    ([name, value]): RequestCase => ({
      name: `does not read ${name}`,
      request: { headers: [[name, value]] },
      setup: LISTED,
      expected: {},
    }),
  ),
  {
    name: 'believes the application’s own clientIp',
    setup: GIVEN,
    request: { headers: [['x-forwarded-for', '6.6.6.6']] },
    expected: { ip: '198.51.100.4' },
  },
  { name: 'drops a private address of clientIp', setup: PRIVATE, expected: { ip: null } },
  { name: 'finds the address itself where clientIp does not', setup: UNSURE, expected: {} },
  { name: 'finds the address itself where clientIp throws', setup: FAILING, expected: {} },
]
