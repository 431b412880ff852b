import { createEmulator, type EmulatorOptions } from '../../src/index.ts'
import { HASH, NOW_SEC, post } from '../support.ts'

type Json = Record<string, unknown>

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const FBP = 'fb.1.1596403881668.1116446470'
const AGENT = 'Mozilla/5.0'

/** An emulator whose clock moves by hand, and short ways to send to it. */
export function scene(options: EmulatorOptions = {}) {
  let nowMs = NOW_SEC * 1000
  const emulator = createEmulator({ now: () => nowMs, ...options })
  return {
    emulator,
    wait: (ms: number) => {
      nowMs += ms
    },
    nowSec: () => Math.floor(nowMs / 1000),
    /** `eid`, `cd[value]` and so on; dataset 42 and PageView by default. */
    browser: (fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
      emulator.fetch(
        `/tr?${new URLSearchParams({ id: '42', ev: 'PageView', ...fields }).toString()}`,
        { headers: { 'user-agent': AGENT, ...headers } },
      ),
    server: (changes: Json = {}, call: Json = {}) =>
      post(emulator, {
        data: [
          {
            event_name: 'PageView',
            event_time: Math.floor(nowMs / 1000),
            action_source: 'website',
            event_source_url: 'https://shop.example/',
            ...changes,
            user_data: { em: HASH, client_user_agent: AGENT, ...(changes['user_data'] as Json) },
          },
        ],
        ...call,
      }),
    statuses: () =>
      emulator
        .events()
        .map(({ source, status, duplicate_of, dedup_key }) =>
          [source, status, duplicate_of, dedup_key].filter((one) => one !== undefined).join(' '),
        ),
  }
}
