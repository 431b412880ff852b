import { type CollectorCase, ORIGIN, sending, VIEW } from './collector-case.ts'

const FBC = `fb.1.${Date.now() - 3_600_000}.AbC`
const FBP = 'fb.1.1596403881668.7'

/** What pages send, and the events that come of it. */
export const TAKEN_CASES: readonly CollectorCase[] = [
  { name: 'JSON', request: { type: 'application/json' }, sent: VIEW },
  { name: 'sendBeacon text', request: { type: 'text/plain;charset=UTF-8' }, sent: VIEW },
  { name: 'a type in capitals', request: { type: 'Text/Plain' }, sent: VIEW },
  {
    name: 'address, user agent, page and click id of the visit, and no others',
    request: {
      headers: { referer: `${ORIGIN}/p?fbclid=AbC`, cookie: '_fbp=fb.1.1596403881668.5' },
      body: sending({
        event_time: 1,
        action_source: 'physical_store',
        client_ip_address: '6.6.6.6',
        test_event_code: 'X',
        event_source_url: 'https://evil.example/',
        referrer_url: 'https://search.example/',
        transaction: {},
        fromPage: false,
        user_data: {
          em: 'anna@example.com',
          client_ip_address: '6.6.6.6',
          client_user_agent: 'evil',
        },
      }),
    },
    sent: {
      ...VIEW,
      action_source: 'website',
      event_source_url: `${ORIGIN}/p?fbclid=AbC`,
      referrer_url: 'https://search.example/',
      user_data: {
        client_ip_address: '203.0.113.7',
        client_user_agent: 'UA/1',
        fbp: 'fb.1.1596403881668.5',
      },
    },
    userData: ['client_ip_address', 'client_user_agent', 'fbc', 'fbp'],
    without: ['test_event_code', 'client_ip_address'],
  },
  {
    name: 'whom the page takes the visitor for, as hashes alone',
    request: {
      body: sending({
        user_data: {
          em: 'a'.repeat(64),
          ph: '+41791234567',
          external_id: 'B'.repeat(64),
          fn: 'c'.repeat(64),
        },
      }),
    },
    sent: { user_data: { em: ['a'.repeat(64)] } },
    userData: ['client_ip_address', 'client_user_agent', 'em', 'fbp'],
  },
  {
    name: 'from a sandboxed frame that is opted in',
    setup: { allowedOrigins: [ORIGIN, 'null'] },
    request: {
      origin: 'null',
      body: sending({
        event_source_url: `${ORIGIN}/checkout`,
        user_data: { fbc: FBC, fbp: FBP },
      }),
    },
    sent: { event_source_url: `${ORIGIN}/checkout`, user_data: { fbc: FBC, fbp: FBP } },
  },
  {
    name: 'without an origin where that is opted in',
    setup: { allowedOrigins: ['null'] },
    request: { origin: null },
    sent: VIEW,
  },
  {
    name: 'from a sandboxed frame that names a page without an origin',
    setup: { allowedOrigins: ['null'] },
    request: { origin: 'null', body: sending({ event_source_url: 'data:text/html,x' }) },
    sent: VIEW,
  },
  {
    name: 'the page of an allowed origin, not the one that another origin names',
    request: { body: sending({ event_source_url: `${ORIGIN}.evil.example/` }) },
    sent: { event_source_url: ORIGIN },
  },
  {
    name: 'a wish of the page to limit the use of data',
    request: {
      body: sending({
        opt_out: '1',
        data_processing_options: ['LDU'],
        data_processing_options_country: '1',
        data_processing_options_state: '1000',
      }),
    },
    sent: {
      opt_out: true,
      data_processing_options: ['LDU'],
      data_processing_options_country: 1,
      data_processing_options_state: 1000,
    },
  },
  {
    name: 'no wish of the page for no limit',
    request: { body: sending({ opt_out: true, data_processing_options: [] }) },
    sent: { opt_out: true },
    without: ['data_processing_options'],
  },
  {
    name: 'no word of the page for more use, however it is written',
    request: {
      body: sending({
        opt_out: 'false',
        data_processing_options: [' [] '],
        data_processing_options_country: 0,
      }),
    },
    sent: VIEW,
    without: ['opt_out', 'data_processing_options', 'data_processing_options_country'],
  },
]
