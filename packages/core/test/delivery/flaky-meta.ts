import { type Chance, type FakeClock, refused } from '@capi/testing'

/** What befalls a request. */
export const FAULTS = [
  'down',
  'reset',
  'processed_then_cut',
  'hang',
  'html_502',
  'meta_500',
  'empty_200',
  'throttled',
  'token',
  'dataset',
] as const
export type Fault = (typeof FAULTS)[number]

/** Meta, as bad as it can be; and what it must never see. */
export interface FlakyMeta {
  readonly fetch: typeof globalThis.fetch
  /** How often it took each event, by pixel and id. */
  readonly processed: ReadonlyMap<string, number>
  /** What it should never have seen. */
  readonly violations: readonly string[]
  /** Chance of a fault, and for which pixels; 0: healthy. */
  trouble: number
  readonly spared: Set<string>
  /** A new process knows nothing of what was asked of the last. */
  forgetWaits(): void
}

const MAX_AGE_SEC = 7 * 86_400

export const keyOf = (pixelId: string, event_id: unknown) => `${pixelId} ${String(event_id)}`

export function flakyMeta(clock: FakeClock, random: Chance): FlakyMeta {
  const startMs = clock.now() - clock.tick()
  const processed = new Map<string, number>()
  const bodies = new Map<string, string>()
  const onTheWay = new Set<string>()
  const waitUntilTick = new Map<string, number>()
  const violations: string[] = []
  const sleep = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve))

  function inspect(pixelId: string, events: readonly Record<string, unknown>[]): string[] {
    if (clock.tick() < (waitUntilTick.get(pixelId) ?? 0)) violations.push('I6: sent inside a wait')
    return events.map((event) => {
      const key = keyOf(pixelId, event['event_id'])
      const body = JSON.stringify(event)
      if ((bodies.get(key) ?? body) !== body) violations.push('I2: other bytes')
      bodies.set(key, body)
      if (onTheWay.has(key)) violations.push('I3: sent while it is being sent')
      onTheWay.add(key)
      // Meta's clock does not jump with the machine's; one that is behind cannot know better.
      const latestMs = Math.min(clock.now(), startMs + clock.tick())
      if (Number(event['event_time']) < latestMs / 1_000 - MAX_AGE_SEC)
        violations.push('I4: too old')
      return key
    })
  }

  async function answer(fault: Fault | undefined, pixelId: string, keys: string[], isBad: boolean) {
    const take = () => {
      for (const key of keys) processed.set(key, (processed.get(key) ?? 0) + 1)
    }
    if (fault === 'down') throw new TypeError('fetch', { cause: { code: 'ECONNREFUSED' } })
    await sleep(random.index(800))
    if (fault === 'reset') throw new TypeError('fetch', { cause: { code: 'ECONNRESET' } })
    if (fault === 'hang') await sleep(60_000)
    if (fault === 'html_502') return new Response('<html>bad gateway', { status: 502 })
    if (fault === 'meta_500') return refused(500, { code: 2, is_transient: true })
    if (fault === 'empty_200') return new Response('')
    if (fault === 'token') return refused(401, { code: 190 })
    if (fault === 'dataset') return refused(400, { code: 100, error_subcode: 33 })
    if (fault === 'throttled') {
      const waitSec = random.index(300)
      const untilTick = clock.tick() + waitSec * 1_000
      waitUntilTick.set(pixelId, Math.max(untilTick, waitUntilTick.get(pixelId) ?? 0))
      const error = { code: 80004 }
      return Response.json({ error }, { status: 400, headers: { 'retry-after': `${waitSec}` } })
    }
    if (isBad) return refused(400, { code: 100, error_subcode: 2804050 })
    take()
    if (fault === 'processed_then_cut') throw new TypeError('fetch', { cause: { code: 'EPIPE' } })
    return Response.json({ events_received: keys.length, fbtrace_id: 'Atrace' })
  }

  const meta: FlakyMeta = {
    processed,
    violations,
    trouble: 0,
    spared: new Set(),
    forgetWaits() {
      waitUntilTick.clear()
      onTheWay.clear()
    },
    async fetch(url, init) {
      const pixelId = typeof url === 'string' ? (url.split('/')[4] ?? '') : ''
      const { data } = JSON.parse(typeof init?.body === 'string' ? init.body : '') as {
        data: readonly Record<string, unknown>[]
      }
      const keys = inspect(pixelId, data)
      const isTroubled = !meta.spared.has(pixelId) && random.next() < meta.trouble
      const isBad = data.some((event) => String(event['event_id']).startsWith('bad'))
      const leave = () => {
        for (const key of keys) onTheWay.delete(key)
      }
      // The client gave up waiting; it may send again.
      init?.signal?.addEventListener('abort', leave)
      try {
        return await answer(isTroubled ? random.pick(FAULTS) : undefined, pixelId, keys, isBad)
      } finally {
        leave()
      }
    },
  }
  return meta
}
