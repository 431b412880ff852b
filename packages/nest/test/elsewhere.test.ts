import { type RequestTracker, sha256 } from '@capi/core'
import { Controller, Get, Inject, Injectable, Post } from '@nestjs/common'
import { afterEach, describe, expect, it } from 'vitest'
import {
  CapiContext,
  CapiModule,
  CapiRecorder,
  CapiService,
  InjectCapi,
  SkipCapi,
} from '../src/index.ts'
import { PLATFORMS, startApp, VISITOR } from './start-app.ts'

const SALE = { value: 9, currency: 'EUR' } as const
const ANNA = { action_source: 'system_generated', user_data: { em: 'anna@example.com' } } as const
const BERT = { action_source: 'system_generated', user_data: { em: 'bert@example.com' } } as const
const hashed = (em: string) => ({ em: [sha256(em)] })
const HEADERS = { ...VISITOR, 'user-agent': 'Stripe/1.0', cookie: '_fbp=fb.1.1700000000000.111' }

const timers: NodeJS.Timeout[] = []
afterEach(() => {
  for (const timer of timers.splice(0)) clearInterval(timer)
})

/** Starts its loop in the first call, inside of whichever request that is. */
@Injectable()
class Renewals {
  readonly #jobs: (() => void)[] = []
  #isStarted = false
  readonly #capi: CapiService

  constructor(@InjectCapi() capi: CapiService) {
    this.#capi = capi
  }

  push(): Promise<string> {
    if (!this.#isStarted) {
      this.#isStarted = true
      timers.push(setInterval(() => this.#jobs.shift()?.(), 5))
    }
    return new Promise((resolve) => {
      this.#jobs.push(() => {
        void this.#capi
          .track('Subscribe', { value: 1, currency: 'EUR' }, BERT)
          .then(({ outcome, reason }) => resolve(reason ?? outcome))
      })
    })
  }
}

@Controller()
class Shop {
  readonly #capi: CapiService
  readonly #renewals: Renewals

  constructor(@InjectCapi() capi: CapiService, @Inject(Renewals) renewals: Renewals) {
    this.#capi = capi
    this.#renewals = renewals
  }

  @Post('stripe')
  async stripe(@CapiContext() tracker: RequestTracker) {
    await this.#capi.track('Purchase', SALE, { ...ANNA, event_id: 'tracked' })
    await this.#capi.enqueue([{ event_name: 'Purchase', ...ANNA, custom_data: SALE }])
    await this.#capi.send({ event_name: 'Purchase', ...ANNA, custom_data: SALE })
    await this.#capi.with(ANNA).track('Purchase', SALE)
    await tracker.track('Purchase', SALE, ANNA)
    return 'ok'
  }

  @Post('skipped')
  @SkipCapi()
  async skipped() {
    const website = await this.#capi.track('Lead')
    const webhook = await this.#capi.track('Purchase', SALE, ANNA)
    return [website.reason, webhook.outcome]
  }

  @Get('anna')
  anna() {
    this.#capi.setUser({ external_id: 'anna' })
    this.#capi.setConsent('denied')
    return this.#renewals.push()
  }

  @Get('page')
  async page() {
    await this.#capi.track('ViewContent')
    return 'ok'
  }
}

const parts = {
  imports: [CapiModule.forTesting({ user: () => ({ external_id: 'visitor-1' }) })],
  controllers: [Shop],
  providers: [Renewals],
}

describe.each(PLATFORMS)('events that happened elsewhere, on %s', (platform) => {
  it('take nothing of a payment webhook’s request, however they are tracked', async () => {
    const { app, url } = await startApp({ ...parts, platform })
    await fetch(`${url}/stripe`, { method: 'POST', headers: HEADERS })
    const events = await app.get(CapiRecorder).events('Purchase')
    expect(events).toHaveLength(5)
    for (const event of events) {
      expect(event.user_data).toEqual(hashed('anna@example.com'))
      expect(event).not.toHaveProperty('event_source_url')
    }
  })

  it('take nothing of the visitor in whose request their worker was started', async () => {
    const { app, get } = await startApp({ ...parts, platform })
    expect(await (await get('/anna', HEADERS)).text()).toBe('accepted')
    const [event] = await app.get(CapiRecorder).events()
    expect(event?.user_data).toEqual(hashed('bert@example.com'))
  })

  it('are tracked in a skipped handler, and its visit is not', async () => {
    const { app, url } = await startApp({ ...parts, platform })
    const response = await fetch(`${url}/skipped`, { method: 'POST', headers: HEADERS })
    expect(await response.json()).toEqual(['disabled', 'accepted'])
    const events = await app.get(CapiRecorder).events()
    expect(events.map(({ user_data }) => user_data)).toEqual([hashed('anna@example.com')])
  })

  it('leave the website’s as they are', async () => {
    const { app, get } = await startApp({ ...parts, platform })
    await get('/page', HEADERS)
    const [event] = await app.get(CapiRecorder).events()
    expect(event).toMatchObject({
      action_source: 'website',
      user_data: {
        client_user_agent: 'Stripe/1.0',
        fbp: 'fb.1.1700000000000.111',
        external_id: [sha256('visitor-1')],
      },
    })
  })
})

it('sets no cookie and logs nothing where enabled is false', async () => {
  const log: string[] = []
  const logger = { warn: (line: string) => log.push(line), error: (line: string) => log.push(line) }
  const { app, get } = await startApp({
    ...parts,
    imports: [CapiModule.forRoot({ enabled: false, logger })],
    trustProxy: false,
  })
  const response = await get('/page', HEADERS)
  expect(response.headers.getSetCookie()).toEqual([])
  const { tracked, dropped } = await app.get(CapiService).stats()
  expect({ tracked, disabled: dropped.disabled }).toEqual({ tracked: 1, disabled: 1 })
  expect(log).toEqual([])
})
