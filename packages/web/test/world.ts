import { createEmulator } from '@capi/emulator'
import { type CapiWebOptions, capiWeb } from '../src/index.ts'

export const IP = '203.0.113.7'

/** A page that somebody opens. */
export const page = (path = '/p', headers = {}): Request =>
  new Request(`https://shop.example${path}`, {
    headers: { accept: 'text/html', 'user-agent': 'UA/1', ...headers },
  })

/** A server whose events arrive at an emulator, and what it logged. */
export function webWorld(more: CapiWebOptions = {}) {
  const emulator = createEmulator()
  const log: string[] = []
  const logger = {
    warn: (line: string) => void log.push(line),
    error: (line: string) => void log.push(line),
  }
  const own = { pixelId: '1234567890', accessToken: 'token', fetch: emulator.fetch, logger }
  const web = capiWeb({ ...own, ...more } as CapiWebOptions)
  const sent = async () => {
    await web.client.flush()
    return emulator.events().map(({ payload }) => payload)
  }
  return { emulator, log, web, sent }
}
