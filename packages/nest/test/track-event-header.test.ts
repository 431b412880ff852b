import { Controller, Get, HttpCode, Logger, Res } from '@nestjs/common'
import { describe, expect, it, vi } from 'vitest'
import { CapiModule, CapiRecorder, TrackEvent } from '../src/index.ts'
import { PLATFORMS, startApp } from './start-app.ts'

const header = { eventIdHeader: 'X-Event-Id' } as const

function createShop() {
  @Controller()
  class Shop {
    @Get('random')
    @TrackEvent('ViewContent', { ...header, data: { content_category: 'demo' } })
    random() {
      return 'fine'
    }
    @Get('own')
    @TrackEvent('ViewContent', { ...header, eventId: () => 7, when: () => true })
    own() {
      return Promise.resolve('fine')
    }
    @Get('unwanted')
    @TrackEvent('ViewContent', { ...header, when: () => false })
    unwanted() {
      return 'fine'
    }
    @Get('refused')
    @HttpCode(404)
    @TrackEvent('ViewContent', header)
    refused() {
      return 'fine'
    }
    @Get('async')
    @TrackEvent('ViewContent', { ...header, eventId: () => Promise.resolve('late') })
    async() {
      return 'fine'
    }
    @Get('malformed')
    @TrackEvent('ViewContent', { eventIdHeader: 'no header', eventId: () => 'kept' })
    malformed() {
      return 'fine'
    }
    @Get('sent')
    @TrackEvent('ViewContent', { ...header, eventId: () => 'after' })
    sent(@Res() response: { send(text: string): void }) {
      response.send('fine')
    }
  }
  return Shop
}

describe.each(PLATFORMS)('the header of an event’s id on %s', (platform) => {
  const start = () =>
    startApp({ platform, imports: [CapiModule.forTesting()], controllers: [createShop()] })
  const events = async ({ app }: Awaited<ReturnType<typeof start>>) =>
    await app.get(CapiRecorder).events()

  it('gives the page the id that is tracked', async () => {
    const running = await start()
    const random = (await running.get('/random')).headers.get('x-event-id')
    expect(random).toMatch(/^[0-9a-f-]{36}$/)
    expect((await running.get('/own')).headers.get('x-event-id')).toBe('7')
    expect(await events(running)).toMatchObject([
      { event_id: random, custom_data: { content_category: 'demo' } },
      { event_id: '7' },
    ])
  })

  it('is not there without an event', async () => {
    const running = await start()
    for (const path of ['unwanted', 'refused'])
      expect((await running.get(`/${path}`)).headers.has('x-event-id')).toBe(false)
    expect(await events(running)).toEqual([])
  })

  it('never costs the event nor the response, and logs once why the page has none', async () => {
    const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => {})
    const running = await start()
    for (const path of ['async', 'async', 'malformed', 'sent'])
      expect(await (await running.get(`/${path}`)).text()).toBe('fine')
    const ids = (await events(running)).map(({ event_id }) => event_id)
    expect(ids.filter((id) => id !== 'after')).toEqual(['late', 'kept'])
    const lines = warn.mock.calls.map(([line]) => String(line))
    expect(lines).toEqual([expect.stringContaining('eventIdHeader needs an eventId and a when')])
    warn.mockRestore()
  })
})
