import type { Scope } from '@capi/core'
import {
  Body,
  type CanActivate,
  Catch,
  Controller,
  type ExceptionFilter,
  ForbiddenException,
  Get,
  HttpCode,
  type MessageEvent,
  Param,
  ParseIntPipe,
  Post,
  Res,
  Sse,
  StreamableFile,
  UseFilters,
  UseGuards,
} from '@nestjs/common'
import { concat, delay, interval, map, type Observable, of, throwError } from 'rxjs'
import { describe, expect, it, vi } from 'vitest'
import { CapiModule, CapiRecorder, TrackEvent } from '../src/index.ts'
import { PLATFORMS, startApp } from './start-app.ts'

const locked: CanActivate = { canActivate: () => false }

@Catch()
class Teapot implements ExceptionFilter {
  catch(_error: unknown, host: Parameters<ExceptionFilter['catch']>[1]) {
    const reply = host.switchToHttp().getResponse()
    reply.status(418).send('teapot')
  }
}

interface Order {
  id: number
  total: number
  email: string | null
}

/** Lets the async callback go on. */
let goOn = () => {}

@Controller()
class Shop {
  @Post('orders/:id')
  @TrackEvent('Purchase', {
    data: (order: Order) => ({ value: order.total, currency: 'EUR', order_id: order.id }),
    user: (order) => ({ em: order.email ?? undefined }),
    eventId: (order) => `order.${order.id}`,
    when: (order, context) =>
      order.total > 0 && context.switchToHttp().getRequest().headers['x-test'] === undefined,
  })
  order(@Param('id', ParseIntPipe) id: number, @Body() body: { total: number }): Promise<Order> {
    return Promise.resolve({ id, total: body.total, email: 'anna@example.com' })
  }

  @Get('two')
  @TrackEvent('Lead')
  @TrackEvent('Contact')
  two() {
    return 'two'
  }

  @Get('throws')
  @TrackEvent('Lead')
  throws() {
    throw new ForbiddenException()
  }

  @Get('rejects')
  @TrackEvent('Lead')
  async rejects() {
    await Promise.reject(new Error('no'))
  }

  @Get('filtered')
  @UseFilters(Teapot)
  @TrackEvent('Lead')
  filtered() {
    throw new Error('no')
  }

  @Get('guarded')
  @UseGuards(locked)
  @TrackEvent('Lead')
  guarded() {}

  @Get('refuses')
  @TrackEvent('Lead')
  refuses(@Res({ passthrough: true }) response: { status(code: number): unknown }) {
    response.status(422)
    return 'no'
  }

  @Get('own')
  @TrackEvent('Lead')
  own(@Res() response: { send(text: string): unknown }) {
    response.send('own')
  }

  @Get('stream')
  @TrackEvent('ViewContent', { data: (value: number) => ({ value, currency: 'EUR' }) })
  stream(): Observable<number> {
    return of(1, 2, 3).pipe(delay(5))
  }

  @Get('stream-fails')
  @TrackEvent('Lead')
  streamFails(): Observable<number> {
    return concat(
      of(1),
      throwError(() => new Error('no')),
    )
  }

  @Get('file')
  @TrackEvent('Lead')
  file() {
    return new StreamableFile(Buffer.from('file'))
  }

  @Sse('sse')
  @TrackEvent('ViewContent', { eventId: (message: MessageEvent) => JSON.stringify(message.data) })
  sse(): Observable<MessageEvent> {
    return interval(5).pipe(map((count) => ({ data: `message-${count}` })))
  }

  @Get('async')
  @TrackEvent('Lead', {
    data: async () => {
      await new Promise<void>((resolve) => {
        goOn = resolve
      })
      return { content_name: 'late' }
    },
  })
  async() {
    return 'at once'
  }

  @Get('changed')
  @TrackEvent('Lead', { data: (names: string[]) => ({ content_ids: names }) })
  @HttpCode(202)
  changed() {
    const names = ['a']
    setTimeout(() => names.splice(0), 0)
    return names
  }

  @Get('elsewhere')
  @TrackEvent('Lead', {
    scope: (): Scope => ({ action_source: 'system_generated', user_data: { external_id: 7 } }),
  })
  elsewhere() {}

  @Get('more')
  @TrackEvent('Lead', { scope: () => ({ custom_data: { content_name: 'more' } }) })
  more() {}
}

describe.each(PLATFORMS)('@TrackEvent on %s', (platform) => {
  const start = () =>
    startApp({ platform, imports: [CapiModule.forTesting()], controllers: [Shop] })

  const buy = (url: string, total: number, headers: Record<string, string> = {}) =>
    fetch(`${url}/orders/7`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'UA/1', ...headers },
      body: JSON.stringify({ total }),
    })

  it('makes an event of what the handler returned', async () => {
    const { app, url } = await start()
    expect((await buy(url, 12.5)).status).toBe(201)
    expect(await app.get(CapiRecorder).events()).toMatchObject([
      {
        event_name: 'Purchase',
        event_id: 'order.7',
        custom_data: { value: 12.5, currency: 'EUR' },
        user_data: { em: [expect.any(String)], client_user_agent: 'UA/1' },
      },
    ])
  })

  it('tracks nothing when `when` says so', async () => {
    const { app, url } = await start()
    await buy(url, 0)
    await buy(url, 5, { 'x-test': '1' })
    expect(await app.get(CapiRecorder).events()).toEqual([])
  })

  it('may stand twice', async () => {
    const { app, get } = await start()
    await get('/two')
    const names = (await app.get(CapiRecorder).events()).map((event) => event.event_name)
    expect(names.toSorted()).toEqual(['Contact', 'Lead'])
  })

  it.each([
    ['/throws', 403],
    ['/rejects', 500],
    ['/filtered', 418],
    ['/guarded', 403],
    ['/refuses', 422],
    ['/stream-fails', 500],
  ])('tracks no failure: %s', async (path, status) => {
    const { app, get } = await start()
    expect((await get(path)).status).toBe(status)
    expect(await app.get(CapiRecorder).events()).toEqual([])
  })

  it('tracks nothing when a pipe refuses', async () => {
    const { app, url } = await start()
    const response = await fetch(`${url}/orders/seven`, { method: 'POST' })
    expect(response.status).toBe(400)
    expect(await app.get(CapiRecorder).events()).toEqual([])
  })

  it('takes the last value of an Observable', async () => {
    const { app, get } = await start()
    expect(await (await get('/stream')).text()).toBe('3')
    expect(await app.get(CapiRecorder).events()).toMatchObject([{ custom_data: { value: 3 } }])
  })

  it('tracks a file once, and an answer by the platform’s own response', async () => {
    const { app, get } = await start()
    expect(await (await get('/file')).text()).toBe('file')
    expect(await (await get('/own')).text()).toBe('own')
    expect(await app.get(CapiRecorder).events()).toHaveLength(2)
  })

  it('tracks a server-sent stream once, with its first message', async () => {
    const { app, url } = await start()
    const leave = new AbortController()
    const response = await fetch(`${url}/sse`, {
      signal: leave.signal,
      headers: { 'user-agent': 'UA' },
    })
    const reader = response.body?.getReader()
    for (let i = 0; i < 3; i++) await reader?.read()
    leave.abort()
    const events = await app.get(CapiRecorder).events()
    expect(events.map((event) => event.event_id)).toEqual(['"message-0"'])
  })

  it('does not let the response wait for an async callback', async () => {
    const { app, get } = await start()
    expect(await (await get('/async')).text()).toBe('at once')
    goOn()
    await vi.waitFor(async () =>
      expect(await app.get(CapiRecorder).events()).toMatchObject([
        { custom_data: { content_name: 'late' } },
      ]),
    )
  })

  it('reads the result before the application goes on with it', async () => {
    const { app, get } = await start()
    await get('/changed')
    expect(await app.get(CapiRecorder).events()).toMatchObject([
      { custom_data: { content_ids: ['a'] } },
    ])
  })

  it('takes a scope: instead of the request’s, or on top of it', async () => {
    const { app, get } = await start()
    await get('/elsewhere')
    await get('/more')
    const [elsewhere, more] = await app.get(CapiRecorder).events()
    expect(elsewhere).toMatchObject({ action_source: 'system_generated' })
    expect(elsewhere?.user_data).toEqual({ external_id: [expect.any(String)] })
    expect(more).toMatchObject({ action_source: 'website', custom_data: { content_name: 'more' } })
  })
})
