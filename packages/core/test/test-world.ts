import {
  abortListeners,
  type FakeClock,
  fakeClock,
  type ScriptedFetch,
  scriptedFetch,
} from '@capi/testing'
import { expect, onTestFinished, vi } from 'vitest'
import { type Capi, type CapiOptions, createCapi, type Drop } from '../src/index.ts'

export const PIXEL = '1234567890'
export const TOKEN = 'secret-token-EAAB'
/** What a web page's event says of itself. */
export const page = { action_source: 'website', event_source_url: 'https://shop.example/' } as const
export const person = {
  user_data: { em: 'Anna.Muster@Example.com', ph: '+41 79 123 45 67', client_user_agent: 'UA/1' },
}
export const purchase = { value: 12.5, currency: 'EUR' }

/** What fetch rejects with when no server listens. */
export const down = new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })

export const lead = (capi: Capi, event_id: string) =>
  capi.track('Lead', {}, { ...page, ...person, event_id })
export const buy = (capi: Capi, event_id: string) =>
  capi.track('Purchase', purchase, { ...page, ...person, event_id })

export interface World {
  readonly clock: FakeClock
  readonly network: ScriptedFetch
  readonly drops: Drop[]
  readonly logger: {
    warn: ReturnType<typeof vi.fn<(message: string) => void>>
    error: ReturnType<typeof vi.fn<(message: string) => void>>
  }
  readonly client: (options?: CapiOptions) => Capi
}

/**
 * A client's whole world: time, network and log in the test's hands. When the test ends its clients are closed, and
 * must leave no timer and no listener behind.
 */
export function testWorld(): World {
  const clock = fakeClock()
  const listeners = abortListeners('/packages/core/src/')
  const clients: Capi[] = []
  const network = scriptedFetch()
  const drops: Drop[] = []
  const logger = {
    warn: vi.fn<(message: string) => void>(),
    error: vi.fn<(message: string) => void>(),
  }
  const client = (options: CapiOptions = {}) => {
    const capi = createCapi({
      pixelId: PIXEL,
      accessToken: TOKEN,
      clock,
      fetch: network.fetch,
      logger,
      onDropped: (drop) => drops.push(drop),
      ...options,
    })
    clients.push(capi)
    return capi
  }
  onTestFinished(async () => {
    const closed = Promise.all(clients.map((capi) => capi.close({ timeoutMs: 0 })))
    // What an outbox that hangs may take.
    await clock.advance(60_000)
    await closed
    listeners.restore()
    expect({ timers: clock.timers(), listeners: listeners.count() }).toEqual({
      timers: 0,
      listeners: 0,
    })
  })
  return { clock, network, drops, logger, client }
}

/** The counts, after making sure that they add up: exactly, where the outbox has said what became of each event. */
export async function sum(
  capi: Capi,
): Promise<{ tracked: number; delivered: number; queued: number; lost: number }> {
  const { tracked, delivered, queued, unknown, dropped } = await capi.stats()
  const lost = Object.values(dropped).reduce((a, b) => a + b, 0)
  const known = delivered + (queued ?? 0) + lost
  expect(known).toBeLessThanOrEqual(tracked)
  // While the outbox cannot count, nobody knows what waits in it.
  if (queued !== undefined) expect(known + unknown).toBeGreaterThanOrEqual(tracked)
  return { tracked, delivered, queued: queued ?? 0, lost }
}
