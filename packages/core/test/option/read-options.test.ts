import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLIENT_OPTIONS, readOptions } from '../../src/adapter.ts'
import { requestKinds } from '../../src/http/request-options.ts'
import { CapiError, createCapi, memoryOutbox } from '../../src/index.ts'
import { testWorld } from '../test-world.ts'

const TABLE = { ...CLIENT_OPTIONS, ...requestKinds() }

function read(given: object): { readonly options: object; readonly lines: readonly string[] } {
  const lines: string[] = []
  const warn = (line: string) => void lines.push(line)
  const options = readOptions(given, { name: 'make', table: TABLE as never, warn })
  return { options, lines }
}

describe('an unknown name', () => {
  it.each([
    ['pixelid', 'pixelId'],
    ['pixelIds', 'pixelId'],
    ['pixel_id', 'pixelId'],
    ['token', 'accessToken'],
    ['accessTokn', 'accessToken'],
    ['accessTokne', 'accessToken'],
    ['testEventcode', 'testEventCode'],
    ['test_event_code', 'testEventCode'],
    ['onDelivery', 'onDelivered'],
    ['timeout', 'timeoutMs'],
    ['baseURL', 'baseUrl'],
    ['siteURL', 'siteUrl'],
    ['cookie', 'cookies'],
    ['clientIP', 'clientIp'],
    ['version', 'apiVersion'],
  ])('is reported with the known one that is nearest: %s, %s', (given, meant) => {
    expect(read({ [given]: 1 }).lines).toEqual([
      `make ignores an option it does not know: "${given}", meant "${meant}"? (option_unknown)`,
    ])
  })

  it('that is like none is reported alone, several in one line, nested ones with their path', () => {
    expect(read({ zebra: 1, batch: { maxEvent: 1, maxBytes: 2 } }).lines).toEqual([
      'make ignores options it does not know: "zebra"; "batch.maxEvent", meant "batch.maxEvents"? (option_unknown)',
    ])
  })

  it('that could be a value is not repeated', () => {
    expect(read({ 'anna@example.com': 1 }).lines.join()).not.toContain('anna')
  })

  it('is left out of the options', () => {
    expect(read({ timeoutMs: 1, token: 2 }).options).toEqual({ timeoutMs: 1 })
  })

  it('costs no time, however long it is', () => {
    expect(read({ ['x'.repeat(1_000_000)]: 1 }).lines).toHaveLength(1)
  })
})

describe('a name at most two letters away from consent', () => {
  it.each([
    'concent',
    'consnet',
    'Consent',
    'CONSENT',
    'consents',
    'con_sent',
    'onConsent',
    'cosent',
    'kontsent',
  ])('stops the start: %s', (name) => {
    expect(() => read({ [name]: undefined })).toThrow(
      `"${name}" of make is not known: write "consent"`,
    )
    expect(() => createCapi({ [name]: 'denied' })).toThrow('takes no consent')
  })

  it('throws a CapiConfigError', () => {
    const error = (() => {
      try {
        return read({ concent: () => 'denied' })
      } catch (thrown) {
        return thrown
      }
    })()
    expect(CapiError.is(error) && error.code).toBe('config_invalid')
  })

  it('is none of the names that are known', () => {
    const names = Object.keys(TABLE).filter((name) => name !== 'consent')
    for (const name of names) expect(() => read({ [name]: undefined })).not.toThrow()
  })

  it('is not one of three letters', () => {
    expect(read({ getConsent: 1 }).lines).toEqual([expect.stringContaining('meant "consent"?')])
  })

  it('may be consent itself in an object that is also an adapter’s: reported, and nothing stops', () => {
    const { client, logger } = testWorld()
    client({ consent: 'denied', siteUrl: 'https://shop.example' } as object)
    expect(logger.warn.mock.calls).toEqual([
      [
        '@capi/core: createCapi ignores options it does not know: "consent", which the middleware or module for requests takes; ' +
          '"siteUrl", which the middleware or module for requests takes (option_unknown)',
      ],
    ])
  })
})

it.each([undefined, null])('refuses a consent that is there but empty: %s', (consent) => {
  expect(() => read({ consent })).toThrow('Option consent of make is there but empty')
})

describe('texts', () => {
  it.each([
    ['pixelId', ' 1234567890\n', '1234567890'],
    ['accessToken', 'EAAB\r\n', 'EAAB'],
    ['siteUrl', '\thttps://shop.example ', 'https://shop.example'],
    ['consent', ' granted ', 'granted'],
    ['pixelId', [' 1234567890 ', '', '2345678901'], ['1234567890', '2345678901']],
    [
      'gateway',
      { url: ' https://g.example ', accessKey: 'k\n' },
      { url: 'https://g.example', accessKey: 'k' },
    ],
  ])('are trimmed: %s', (name, given, trimmed) => {
    expect(read({ [name]: given }).options).toEqual({ [name]: trimmed })
  })

  it.each(Object.keys(TABLE).filter((name) => name !== 'consent'))(
    'that are blank are unset: %s',
    (name) => {
      expect(
        Object.values(read({ [name]: ' \n' }).options).filter((one) => one !== undefined),
      ).toEqual([])
    },
  )

  it('that are blank are no consent, for the default may be a yes', () => {
    expect(read({ consent: ' ' }).options).toEqual({ consent: '' })
    const { consent } = read({ consent: () => ' ' }).options as { consent: () => unknown }
    expect(consent()).toBe('')
  })

  it('that a function answers with are trimmed, also when they come later', async () => {
    const { options } = read({
      clientIp: () => ' 203.0.113.7 ',
      accessToken: async () => 'EAAB\n',
      cookieDomain: () => ' ',
    })
    const asked = options as Record<string, () => unknown>
    expect(asked['clientIp']?.()).toBe('203.0.113.7')
    expect(await asked['accessToken']?.()).toBe('EAAB')
    expect(asked['cookieDomain']?.()).toBeUndefined()
  })

  it('reach Meta without blanks', async () => {
    const { client, network } = testWorld()
    const capi = client({
      pixelId: ' 1234567890 ',
      accessToken: () => 'EAAB\n',
      testEventCode: ' TEST1 ',
      apiVersion: '',
      baseUrl: ' ',
    })
    await capi.send({
      event_name: 'Lead',
      action_source: 'phone_call',
      user_data: { em: 'anna@example.com' },
    })
    const [request] = network.requests
    expect(request?.url).toBe('https://graph.facebook.com/v27.0/1234567890/events')
    expect(request?.headers.get('authorization')).toBe('Bearer EAAB')
    expect(request?.body).toMatchObject({ test_event_code: 'TEST1' })
  })
})

it.each([null, 7, 'text', ['list']])('refuses %j in place of options', (given) => {
  expect(() => createCapi(given as never)).toThrow('createCapi takes an object of options.')
})

it('says of a request in place of options what to write', () => {
  const request = { headers: {}, method: 'GET', url: '/' }
  expect(() => read(request)).toThrow(
    'make was given a request in place of its options: call it when you mount it, make()',
  )
})

it('never throws on names, but for those that could mean consent', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), (given) => {
      try {
        read(given)
      } catch (error) {
        expect(CapiError.is(error)).toBe(true)
      }
    }),
  )
})

describe('calls of a client', () => {
  it('report unknown options once: send, flush, close', async () => {
    const { client, logger } = testWorld()
    const capi = client()
    const event = {
      event_name: 'Lead',
      action_source: 'phone_call',
      user_data: { em: 'a@example.com' },
    } as const
    await capi.send(event, { abortSignal: undefined } as object)
    await capi.send(event, { abortSignal: undefined } as object)
    await capi.flush({ timeout: 1 } as object)
    await capi.close({ timeout: 1 } as object)
    const lines = logger.warn.mock.calls.map(([line]) => line)
    expect(lines.filter((line) => line.includes('option_unknown'))).toEqual([
      expect.stringContaining(
        'send ignores an option it does not know: "abortSignal", meant "signal"?',
      ),
      expect.stringContaining(
        'flush ignores an option it does not know: "timeout", meant "timeoutMs"?',
      ),
      expect.stringContaining(
        'close ignores an option it does not know: "timeout", meant "timeoutMs"?',
      ),
    ])
  })

  it('reject a send whose options hold a misspelt consent, and send nothing', async () => {
    const { client, network } = testWorld()
    const sent = client().send(
      { event_name: 'Lead', action_source: 'phone_call', user_data: { em: 'a@example.com' } },
      { consent: 'denied' } as object,
    )
    await expect(sent).rejects.toMatchObject({ code: 'config_invalid' })
    expect(network.requests).toEqual([])
  })

  it('never reject a close for its options', async () => {
    const { client } = testWorld()
    await expect(client().close({ consent: 1 } as object)).resolves.toBeDefined()
    await expect(client().flush(null as never)).resolves.toBeDefined()
  })

  it('say once that a wait given as a number counts for nothing', async () => {
    const lines: string[] = []
    const warn = (line: string) => void lines.push(line)
    const logger = { debug: warn, info: warn, warn, error: warn }
    const capi = testWorld().client({ logger })
    await capi.flush(5000 as never)
    await capi.flush(5000 as never)
    expect(lines).toEqual(['@capi/core: flush takes an object of options. The defaults are used.'])
  })
})

it('a memory outbox reports unknown options', () => {
  const { warn } = console
  const lines: unknown[] = []
  console.warn = (line) => void lines.push(line)
  try {
    memoryOutbox({ maxEvent: 1 } as object)
  } finally {
    console.warn = warn
  }
  expect(lines).toEqual([
    expect.stringContaining('memoryOutbox ignores an option it does not know: "maxEvent"'),
  ])
})
