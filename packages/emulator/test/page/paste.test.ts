import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventAsCurl, payloadAsTypeScript } from '../../page/src/model/copy-as.ts'
import { readLiterals } from '../../page/src/model/paste/js-literal.ts'
import { readPaste } from '../../page/src/model/paste/read-paste.ts'
import { shellWords } from '../../page/src/model/paste/shell-words.ts'
import { curlSnippet, pixelCallSnippet } from '../../page/src/model/sample.ts'
import { captured } from './events.ts'

const NOW = 1_793_491_200_999
const SEC = 1_793_491_200
const TOKEN = 'EAABsbCS1iHgBAKZCTestToken123'
const GRAPH = 'https://graph.facebook.com/v27.0/1234/events'
const bodyOf = (text: string) => JSON.parse(readPaste(text, NOW).text)

describe('pasted into the Resend drawer', () => {
  it.each([
    ['a body', '{"data":[{"a":1}]}'],
    ['a list', '[{"a":1}]'],
    ['an event', '{"a":1}'],
    ['a body with its token', `{"access_token":"${TOKEN}","data":[{"a":1}]}`],
    ['a JavaScript object', `{ data: [{ 'a': 1, }, ], // one\n}`],
    ['a JavaScript statement', `const body = { data: [{ a: 0x1 /* one */ }] };`],
    ['a curl command', `curl -X POST ${GRAPH} --data-raw '{"data":[{"a":1}]}' -H 'a: b'`],
    ['a curl command of several lines', `curl \\\n  ${GRAPH} \\\n  -d '{"data":[{"a":1}]}'`],
    ['a curl command in double quotes', String.raw`curl ${GRAPH} -d "{\"data\":[{\"a\":1}]}"`],
    ['a curl command with its option attached', `curl ${GRAPH} -d'{"data":[{"a":1}]}'`],
    ['a curl command with --json=', `curl --json='{"data":[{"a":1}]}' ${GRAPH}`],
    ['a prompt before curl', `$ curl ${GRAPH} -d '{"data":[{"a":1}]}'`],
    ['Chrome’s curl command', `curl '${GRAPH}' -H 'x: y' --data-raw $'{"data":[{"\\u0061":1}]}'`],
    [
      'Chrome’s curl command for cmd',
      `curl ^"${GRAPH}^" ^\r\n  --data-raw ^"^{^\\^"data^\\^":^[^{^\\^"a^\\^":1^}^]^}^"`,
    ],
    ['fields of a form', `curl ${GRAPH} -F 'data=[{"a":1}]' -F 'access_token=${TOKEN}'`],
    [
      'fields of an encoded form',
      `curl ${GRAPH} -d data=%5B%7B%22a%22%3A1%7D%5D -d access_token=${TOKEN}`,
    ],
  ])('%s becomes a body', (_, text) => {
    expect(bodyOf(text)).toEqual({ data: [{ a: 1 }] })
  })

  it('keeps what stands beside the events', () => {
    const text = `curl ${GRAPH} -F 'data=[{"a":1}]' -F 'test_event_code=TEST1' -F "access_token=${TOKEN}"`
    expect(bodyOf(text)).toEqual({ data: [{ a: 1 }], test_event_code: 'TEST1' })
  })

  it.each([
    [`curl ${GRAPH} -d '[]'`, '1234'],
    ['https://www.facebook.com/tr/?id=77&ev=Lead', '77'],
    ['{"data":[]}', undefined],
  ])('takes the dataset from %s', (text, pixelId) => {
    expect(readPaste(text, NOW).pixelId).toBe(pixelId)
  })

  it('takes the address of a pixel’s call, and a command that calls it', () => {
    const url = 'https://www.facebook.com/tr?id=77&ev=Purchase&eid=o1&fbp=fb.1.1.2&cd[value]=49.9'
    const event = {
      event_name: 'Purchase',
      event_id: 'o1',
      event_time: SEC,
      action_source: 'website',
      user_data: { fbp: 'fb.1.1.2' },
      custom_data: { value: '49.9' },
    }
    expect(bodyOf(url)).toEqual({ data: [event] })
    expect(bodyOf(`curl -g '${url}'`)).toEqual({ data: [event] })
  })

  it('takes the commands that this page shows', () => {
    const { data } = bodyOf(curlSnippet('http://127.0.0.1:2274'))
    expect(data).toMatchObject([{ event_name: 'Purchase', event_time: SEC }])
    expect(bodyOf(pixelCallSnippet('http://127.0.0.1:2274')).data).toMatchObject([
      { event_id: 'order-1001', custom_data: { currency: 'EUR' } },
    ])
  })

  it.each([
    'Math.floor(Date.now() / 1000)',
    'Math.round(new Date().getTime()/1000)',
    '~~(Date.now()/1e3)',
  ])('takes %s for the time', (time) => {
    expect(bodyOf(`{ event_name: 'Lead', event_time: ${time} }`).data).toEqual([
      { event_name: 'Lead', event_time: SEC },
    ])
  })

  it('takes back what was copied as TypeScript and as curl, whatever it holds', () => {
    const payloads = fc.record({
      event_name: fc.string(),
      user_data: fc.dictionary(fc.string(), fc.string()),
      custom_data: fc.dictionary(fc.string(), fc.jsonValue()),
    })
    fc.assert(
      fc.property(payloads, (payload) => {
        const plain = JSON.parse(JSON.stringify(payload))
        expect(bodyOf(eventAsCurl(captured({ payload: plain }), ''))).toEqual({ data: [plain] })
        expect(bodyOf(payloadAsTypeScript(plain)).data).toEqual([{ event_time: SEC, ...plain }])
      }),
    )
  })

  it.each([
    'hello',
    `{"data": [${TOKEN}`,
    `curl ${GRAPH}?access_token=${TOKEN}`,
    `access_token: '${TOKEN}'`,
    `curl ${GRAPH} -H 'Authorization: Bearer ${TOKEN}' -d @body.json`,
  ])('leaves what it cannot read, but no token: %s', (text) => {
    const { text: left } = readPaste(text, NOW)
    expect(left.slice(0, 4)).toBe(text.slice(0, 4))
    expect(left).not.toContain(TOKEN)
  })

  it('never throws, nor takes long', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...Array.from(`{}[]'"\`\\$(),:/*curl -dF=&@`)),
          maxLength: 200,
        }),
        (text) => {
          expect(typeof readPaste(text, NOW).text).toBe('string')
          expect(typeof readPaste(`curl ${text}`, NOW).text).toBe('string')
        },
      ),
    )
  })
})

describe('words of a shell', () => {
  it('are split and unquoted', () => {
    expect(shellWords(String.raw`a 'b c' "d\"\$e" f\ g 'h'"i"j $'k\n\x41\101'`, NOW)).toEqual([
      'a',
      'b c',
      'd"$e',
      'f g',
      'hij',
      'k\nAA',
    ])
  })
})

describe('literals', () => {
  it('are what Node prints and what JSON says', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value))
        expect(readLiterals(JSON.stringify(plain), NOW)).toEqual([plain])
        const printed = inspect(plain, { depth: null, maxArrayLength: null, maxStringLength: null })
        if (!/__proto__|' \+$/m.test(printed)) expect(readLiterals(printed, NOW)).toEqual([plain])
      }),
    )
  })

  it.each(['', '{', '{a}', '[1', 'alert(1)', '{a: b()}', '`a$' + '{b}`', '1 2', '['.repeat(200)])(
    'refuses %s',
    (text) => {
      expect(() => readLiterals(text, NOW)).toThrow(SyntaxError)
    },
  )
})
