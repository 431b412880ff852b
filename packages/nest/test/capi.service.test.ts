import type { IncomingMessage } from 'node:http'
import type { RequestTracker, Scope } from '@capi/core'
import { Body, Controller, Get, Inject, Injectable, Param, Post, Query, Req } from '@nestjs/common'
import { describe, expect, it, vi } from 'vitest'
import {
  CapiContext,
  CapiModule,
  CapiRecorder,
  type CapiService,
  InjectCapi,
} from '../src/index.ts'
import { PLATFORMS, startApp, VISITOR } from './start-app.ts'

const settled = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

@Injectable()
class Deep {
  readonly capi: CapiService
  readonly jobs: (() => Promise<unknown>)[] = []
  release: (() => void) | undefined
  isGone = false

  constructor(@InjectCapi() capi: CapiService) {
    this.capi = capi
  }

  async work(id: string) {
    await settled(Math.random() * 20)
    this.capi.setUser({ external_id: `person-${id}` })
    await settled(Math.random() * 20)
    return this.capi.track('ViewContent', { content_ids: [id] }, { event_id: `view.${id}` })
  }
}

@Controller()
class Shop {
  readonly deep: Deep
  readonly capi: CapiService
  constructor(@InjectCapi() capi: CapiService, @Inject(Deep) deep: Deep) {
    this.capi = capi
    this.deep = deep
  }

  @Get('view/:id')
  view(@Param('id') id: string) {
    return this.deep.work(id)
  }

  @Get('context')
  context(@CapiContext() tracker: RequestTracker) {
    return {
      service: this.capi.context,
      parameter: tracker.context,
      is: tracker === this.capi.request,
    }
  }

  @Get('later')
  later() {
    const { capi } = this
    const context = capi.context
    this.deep.jobs.push(
      () => capi.track('Lead', {}, { event_id: 'from-request' }),
      () => capi.with(context).track('Lead', {}, { event_id: 'from-context' }),
    )
    setTimeout(() => void capi.track('Lead', {}, { event_id: 'after-response' }), 30)
    return 'soon'
  }

  @Post('job')
  job(@Body() context: Scope) {
    return this.capi.with(context as Scope & { action_source: 'website' }).track('Lead')
  }

  @Get('more')
  more() {
    return this.capi.with({ custom_data: { content_name: 'more' } }).track('Lead')
  }

  @Get('consent')
  async consent(@Query('answer') answer: 'granted' | 'denied' | undefined) {
    const receipt = await this.capi.track('Lead')
    if (answer !== undefined) this.capi.setConsent(answer)
    return { outcome: receipt.outcome, reason: receipt.reason, consent: this.capi.consent }
  }

  @Get('id')
  id() {
    return this.capi.eventId('order', 1001)
  }

  @Get('slow')
  async slow(@Req() request: IncomingMessage & { raw?: IncomingMessage }) {
    const { socket } = request.raw ?? request
    socket.once('close', () => {
      this.deep.isGone = true
    })
    await new Promise<void>((resolve) => {
      this.deep.release = resolve
    })
    return this.capi.track('Lead', {}, { event_id: 'aborted' })
  }

  @Post('form')
  form(@Body() body: { em: string }, @Req() _request: unknown) {
    return this.capi.track('Lead', {}, { user_data: { em: body.em } })
  }
}

describe.each(PLATFORMS)('in a request on %s', (platform) => {
  const start = (options: Parameters<typeof CapiModule.forTesting>[0] = {}) =>
    startApp({
      platform,
      imports: [CapiModule.forTesting(options)],
      controllers: [Shop],
      providers: [Deep],
    })

  it('never mixes 100 visitors that come together', async () => {
    const { app, get } = await start()
    const ids = Array.from({ length: 100 }, (_, index) => String(index))
    await Promise.all(
      ids.map((id) =>
        get(`/view/${id}?fbclid=Click${id}`, {
          ...VISITOR,
          'x-forwarded-for': `203.0.113.${id}`,
          'user-agent': `UA/${id}`,
        }),
      ),
    )
    const events = await app.get(CapiRecorder).events()
    expect(events).toHaveLength(100)
    for (const event of events) {
      const id = String(event.event_id).slice('view.'.length)
      expect(event).toMatchObject({
        event_id: `view.${id}`,
        event_source_url: `https://shop.example/view/${id}?fbclid=Click${id}`,
        user_data: {
          client_ip_address: `203.0.113.${id}`,
          client_user_agent: `UA/${id}`,
          fbc: expect.stringMatching(new RegExp(`\\.Click${id}$`)),
        },
      })
    }
    expect(new Set(events.map((event) => String(event.user_data['external_id']))).size).toBe(100)
  })

  it('is the same by service and by parameter', async () => {
    const { get } = await start()
    const answer: unknown = await (await get('/context')).json()
    const { service, parameter, is } = answer as Record<string, unknown>
    expect(service).toEqual(parameter)
    expect(is).toBe(true)
    expect(service).toMatchObject({ user_data: { client_ip_address: '203.0.113.7' } })
  })

  it('tracks after the response, of the visitor it was for', async () => {
    const { app, get } = await start()
    await get('/later', { ...VISITOR, 'user-agent': 'UA/later', connection: 'close' })
    await vi.waitFor(async () => expect(await app.get(CapiRecorder).events()).toHaveLength(1))
    await get('/context', { ...VISITOR, 'user-agent': 'UA/other' })
    for (const job of app.get(Deep).jobs) await job()
    const events = await app.get(CapiRecorder).events()
    expect(
      events.map(({ event_id, user_data }) => [event_id, user_data.client_user_agent]),
    ).toEqual([
      ['after-response', 'UA/later'],
      ['from-context', 'UA/later'],
    ])
    expect(events[0]?.user_data.client_ip_address).toBe('203.0.113.7')
    expect(app.get(CapiRecorder).issues()[0]?.path).toBe('action_source')
  })

  it('mixes nothing of itself into another visitor’s saved context', async () => {
    const { url, app } = await start()
    const person = { client_user_agent: 'UA/saved', client_ip_address: '198.51.100.9' }
    const saved = {
      action_source: 'website',
      event_source_url: 'https://shop.example/',
      user_data: person,
    }
    await fetch(`${url}/job?fbclid=Worker`, {
      method: 'POST',
      headers: { ...VISITOR, 'content-type': 'application/json' },
      body: JSON.stringify(saved),
    })
    const [event] = await app.get(CapiRecorder).events()
    expect(event?.user_data).toEqual(person)
  })

  it('keeps a context that is pending from being sent until a job passes the visitor’s answer', async () => {
    const { app, get } = await start({ consent: () => undefined })
    const { service: context } = (await (await get('/context')).json()) as {
      readonly service: RequestTracker['context']
    }
    expect(context).toMatchObject({ consent: 'pending', event_source_url: expect.any(String) })
    const { capi } = app.get(Deep)
    expect(await capi.with(context).track('Lead')).toMatchObject({ reason: 'consent' })
    await capi.with({ ...context, consent: 'granted' }).track('Lead')
    expect(await app.get(CapiRecorder).events()).toMatchObject([
      { user_data: { client_ip_address: '203.0.113.7' } },
    ])
  })

  it('adds fields to the request’s own', async () => {
    const { app, get } = await start()
    await get('/more')
    expect(await app.get(CapiRecorder).events()).toMatchObject([
      { custom_data: { content_name: 'more' }, user_data: { client_ip_address: '203.0.113.7' } },
    ])
  })

  it('gives ids that a page can repeat', async () => {
    const { get } = await start()
    expect(await (await get('/id')).text()).toBe('order.1001')
  })

  it.each([
    ['granted', '', { outcome: 'accepted', consent: 'granted' }, 1, 1],
    ['denied', '', { outcome: 'dropped', reason: 'consent', consent: 'denied' }, 0, 0],
    ['pending', '', { outcome: 'held', consent: 'pending' }, 0, 0],
    ['pending', '?answer=granted', { outcome: 'held', consent: 'granted' }, 1, 1],
    ['pending', '?answer=denied', { outcome: 'held', consent: 'denied' }, 0, 0],
    ['pending', '?answer=yes', { outcome: 'held', consent: 'granted' }, 1, 1],
    ['pending', '?answer=maybe', { outcome: 'held', consent: 'denied' }, 0, 0],
    ['1', '', { outcome: 'accepted', consent: 'granted' }, 1, 1],
    ['false', '', { outcome: 'dropped', reason: 'consent', consent: 'denied' }, 0, 0],
  ] as const)('heeds consent %s%s', async (consent, query, answer, events, cookies) => {
    const { app, get } = await start({ consent: () => consent as 'granted' })
    const response = await get(`/consent${query}`)
    expect(await response.json()).toEqual(answer)
    expect(await app.get(CapiRecorder).events()).toHaveLength(events)
    expect(response.headers.getSetCookie()).toHaveLength(cookies)
  })

  it('asks for the user when an event is tracked', async () => {
    const { app, get } = await start({
      user: (request) => ({ external_id: String(request.headers['x-user']) }),
    })
    await get('/more', { ...VISITOR, 'x-user': 'anna' })
    const [event] = await app.get(CapiRecorder).events()
    expect(event?.user_data.external_id).toHaveLength(1)
  })

  it('tracks for a visitor who went away', async () => {
    const { app, url } = await start()
    const leave = new AbortController()
    const gone = fetch(`${url}/slow`, { headers: VISITOR, signal: leave.signal })
    gone.catch(() => {})
    const deep = app.get(Deep)
    await vi.waitFor(() => expect(deep.release).toBeDefined())
    leave.abort()
    await vi.waitFor(() => expect(deep.isGone).toBe(true))
    deep.release?.()
    await vi.waitFor(async () => expect(await app.get(CapiRecorder).events()).toHaveLength(1))
    const [event] = await app.get(CapiRecorder).events()
    expect(event?.user_data.client_ip_address).toBe('203.0.113.7')
  })

  it('survives the body parser', async () => {
    const { app, url } = await start()
    await fetch(`${url}/form`, {
      method: 'POST',
      headers: { ...VISITOR, 'content-type': 'application/json' },
      body: JSON.stringify({ em: 'anna@example.com' }),
    })
    const [event] = await app.get(CapiRecorder).events()
    expect(event?.user_data.em).toHaveLength(1)
    expect(event?.user_data.client_ip_address).toBe('203.0.113.7')
  })
})
