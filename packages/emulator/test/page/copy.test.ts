import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bodyOf,
  eventAsCurl,
  payloadAsTypeScript,
  shellQuote,
} from '../../page/src/model/copy-as.ts'
import { readPaste } from '../../page/src/model/read-paste.ts'
import { captured } from './events.ts'

const hostile = captured({
  test_event_code: 'TEST1',
  upload_tag: 'stores',
  payload: {
    event_name: "It's $(rm -rf ~) `x` \\ \n\u2028",
    user_data: { 'odd-key': ["'", '"', '${'], em: null },
    custom_data: { value: 1.5, empty: {}, none: [] },
  },
})

describe('copied as curl', () => {
  it('reaches the shell unchanged', () => {
    const text = JSON.stringify(bodyOf(hostile))
    expect(execFileSync('sh', ['-c', `printf %s ${shellQuote(text)}`], { encoding: 'utf8' })).toBe(
      text,
    )
  })

  it('can be pasted back', () => {
    const curl = eventAsCurl(hostile, 'http://127.0.0.1:2274')
    expect(JSON.parse(readPaste(curl))).toEqual(bodyOf(hostile))
  })

  it('can be pasted back, whatever it holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (payload) => {
        const event = captured({ payload })
        expect(readPaste(eventAsCurl(event, ''))).toBe(JSON.stringify(bodyOf(event), null, 2))
      }),
    )
  })
})

describe('copied as TypeScript', () => {
  it('is a call that says the same', async () => {
    const source = payloadAsTypeScript(hostile.payload)
    const call = /await capi\.track\(([\s\S]*)\)\n$/.exec(source)?.[1] ?? ''
    const path = `data:text/javascript,${encodeURIComponent(`export const args = [${call}]`)}`
    const { args } = (await import(/* @vite-ignore */ path)) as { args: unknown[] }
    const { event_name, custom_data, ...rest } = hostile.payload
    expect(args).toEqual([event_name, custom_data, rest])
  })

  it('reads like hand-written code', () => {
    expect(
      payloadAsTypeScript({
        event_name: 'Lead',
        user_data: { em: 'x' },
        custom_data: { value: 5 },
      }),
    ).toBe(
      `import { createCapi, optionsFromEnv } from '@capi/core'

const capi = createCapi(optionsFromEnv(process.env))

await capi.track(
  'Lead',
  {
    value: 5,
  },
  {
    user_data: {
      em: 'x',
    },
  },
)
`,
    )
  })
})

describe('pasted into Compose', () => {
  it.each([
    ['a body', '{"data":[{"a":1}]}'],
    ['a list', '[{"a":1}]'],
    ['an event', '{"a":1}'],
    ['a curl command', `curl -X POST http://x/events --data-raw '{"data":[{"a":1}]}' -H 'a: b'`],
    ['a curl command in double quotes', String.raw`curl http://x -d "{\"data\":[{\"a\":1}]}"`],
  ])('%s becomes a body', (_, text) => {
    expect(JSON.parse(readPaste(text))).toEqual({ data: [{ a: 1 }] })
  })

  it('leaves alone what it cannot read', () => {
    expect(readPaste('hello')).toBe('hello')
  })
})
