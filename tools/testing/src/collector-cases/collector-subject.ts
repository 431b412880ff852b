// @boundaries-ignore types only: a dependency on core would be a cycle, its tests use this package
import type { Capi } from '../../../../packages/core/src/client/tracker.ts'
import { type FakeClock, fakeClock } from '../fake-clock.ts'
import { later } from '../later.ts'
import { type CollectorSetup, ORIGIN, type PageRequest, SECRET, VIEW } from './collector-case.ts'

/** The options of a collector under test: for `collectorOptions`. */
export interface CollectorTestOptions {
  readonly allowedOrigins: readonly string[]
  readonly events: readonly string[]
  readonly signingSecret: string
  readonly maxBytes?: number
  readonly rateLimit?: { readonly burst: number; readonly perMinute: number }
  readonly onRefused: (reason: string) => void
  readonly clock: Pick<FakeClock, 'now' | 'tick' | 'after'>
  readonly logger: { warn(line: string): void; error(line: string): void }
}

/** A collector that serves. */
export interface ServedCollector {
  /** Sends a request to it, over the network where there is one. */
  readonly call: (init: RequestInit) => Promise<Response>
  /** The client that the shop tracks with too. */
  readonly client: Capi
  /** What arrived at Meta, after all that waits was sent. */
  readonly sent: () => Promise<readonly Readonly<Record<string, unknown>>[]>
}

/** Core's collector, mounted in a framework. */
export interface CollectorSubject {
  readonly name: string
  /** The framework reads bodies before the collector does: it answers by itself to those it cannot read. */
  readonly readsBodies?: boolean
  /** The one trusted proxy is the caller. Stopped when the test ends. */
  serve(
    options: CollectorTestOptions,
    consent: 'granted' | 'denied',
  ): ServedCollector | Promise<ServedCollector>
  signEvent(options: {
    secret: string
    event_id: string
    custom_data: { value: number; currency: 'EUR' | 'USD' }
    nowMs: number
  }): string
}

/** A collector, and what becomes of what is sent to it. */
export async function mountCollector(subject: CollectorSubject, setup: CollectorSetup = {}) {
  const { consent = 'granted', ...given } = setup
  const refusals: string[] = []
  const log: string[] = []
  const clock = fakeClock(Date.now())
  const reading = later<void>()
  const refused = later<string>()
  const served = await subject.serve(
    {
      allowedOrigins: [ORIGIN],
      events: ['ViewContent', 'Lead', 'Purchase'],
      signingSecret: SECRET,
      ...given,
      onRefused(reason) {
        refusals.push(reason)
        refused.resolve(reason)
      },
      clock: {
        ...clock,
        after(delayMs, callback) {
          reading.resolve()
          return clock.after(delayMs, callback)
        },
      },
      logger: { warn: (line) => void log.push(line), error: (line) => void log.push(line) },
    },
    consent,
  )
  return {
    ...served,
    clock,
    refusals,
    log,
    /** The collector has begun to read a body. */
    isReading: reading.promise,
    refused: refused.promise,
    post: (request: PageRequest = {}) => served.call(initOf(request)),
  }
}

function initOf(request: PageRequest): RequestInit {
  const { method = 'POST', origin = ORIGIN, type = 'text/plain', headers } = request
  const { body = JSON.stringify(VIEW) } = request
  const init = {
    method,
    ...(method === 'POST' && { body, duplex: 'half' }),
    headers: {
      'user-agent': 'UA/1',
      'x-forwarded-for': '203.0.113.7',
      ...(origin !== null && { origin }),
      ...(type !== null && { 'content-type': type }),
      ...headers,
    },
  }
  return init as RequestInit
}
