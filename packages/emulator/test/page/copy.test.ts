import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import {
  bodyOf,
  callAsCurlForHost,
  callAsCurlForMeta,
  eventsPath,
  payloadAsTypeScript,
  shellQuote,
} from '../../page/src/model/copy-as.ts'
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

/** The words of a command as a real shell reads them. */
const wordsOf = (command: string, env: Record<string, string> = {}) =>
  execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }; ${command}`], {
    encoding: 'utf8',
    env,
  })
    .split('\0')
    .slice(0, -1)

describe('copied as curl', () => {
  it('reaches the shell unchanged', () => {
    const text = JSON.stringify(bodyOf(hostile))
    expect(execFileSync('sh', ['-c', `printf %s ${shellQuote(text)}`], { encoding: 'utf8' })).toBe(
      text,
    )
  })

  it('for Meta wants the token of the environment and a test code', () => {
    const curl = callAsCurlForMeta(eventsPath('42'), bodyOf(hostile), 'TEST9')
    expect(curl).toContain("curl 'https://graph.facebook.com/v27.0/42/events'")
    expect(curl).toContain('"Authorization: Bearer $META_CAPI_ACCESS_TOKEN"')
    expect(wordsOf(curl).at(-1)).toBe(
      JSON.stringify({ ...bodyOf(hostile), test_event_code: 'TEST9' }),
    )
  })

  it('for another host takes any token where the environment has none', () => {
    const curl = callAsCurlForHost('http://127.0.0.1:9/', '42', {})
    expect(wordsOf(curl, {})).toEqual(expect.arrayContaining(['Authorization: Bearer any-token']))
    expect(wordsOf(curl, { META_CAPI_ACCESS_TOKEN: 't' })).toEqual(
      expect.arrayContaining(['http://127.0.0.1:9/v27.0/42/events', 'Authorization: Bearer t']),
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
