import 'reflect-metadata'
import type { RequestTracker } from '@capi/core'
import { CapiContext, CapiModule, CapiRecorder, TrackEvent } from '@capi/nest'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { IoAdapter } from '@nestjs/platform-socket.io'
import { WsAdapter } from '@nestjs/platform-ws'
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets'
import { io } from 'socket.io-client'
import { expect, it, onTestFinished } from 'vitest'

@WebSocketGateway()
class Gateway {
  @SubscribeMessage('buy')
  @TrackEvent('Purchase', { data: { value: 5, currency: 'EUR' }, eventId: () => 'decorated' })
  async buy(@CapiContext() capi: RequestTracker) {
    await capi.track('Lead')
    return { event: 'bought', data: capi.consent }
  }
}

const HEADERS = { 'user-agent': 'UA/socket', cookie: '_fbp=fb.1.1700000000000.111' }

async function start(Adapter: typeof IoAdapter | typeof WsAdapter) {
  @Module({ imports: [CapiModule.forTesting()], providers: [Gateway] })
  class AppModule {}
  const app = await NestFactory.create<NestExpressApplication>(AppModule, {
    logger: false,
    abortOnError: false,
  })
  app.useWebSocketAdapter(new Adapter(app))
  await app.listen(0, '127.0.0.1')
  onTestFinished(async () => {
    await app.close()
  })
  const events = async () =>
    (await app.get(CapiRecorder).events()).map(({ event_name, action_source, user_data }) => [
      event_name,
      action_source,
      user_data.client_user_agent,
      user_data.fbp,
    ])
  return { url: await app.getUrl(), events }
}

/** Once each, as the visitor of the handshake. */
const EXPECTED = [
  ['Lead', 'website', 'UA/socket', 'fb.1.1700000000000.111'],
  ['Purchase', 'website', 'UA/socket', 'fb.1.1700000000000.111'],
]

it.each([['websocket'], ['polling']])(
  'a gateway of socket.io has the context of its handshake, by %s',
  async (transport) => {
    const { url, events } = await start(IoAdapter)
    const socket = io(url, { transports: [transport], extraHeaders: HEADERS })
    onTestFinished(() => void socket.close())
    const answer = new Promise((resolve) => socket.once('bought', resolve))
    socket.emit('buy')
    expect(await answer).toBe('granted')
    expect(await events()).toEqual(EXPECTED)
  },
)

it('a gateway of ws has the context of its handshake', async () => {
  const { url, events } = await start(WsAdapter)
  // undici's WebSocket of Node.js takes headers.
  const socket = new WebSocket(url.replace('http', 'ws'), { headers: HEADERS } as never)
  onTestFinished(() => socket.close())
  const answer = new Promise((resolve, reject) => {
    socket.onmessage = ({ data }) => resolve(JSON.parse(String(data)))
    socket.onerror = reject
  })
  socket.onopen = () => socket.send(JSON.stringify({ event: 'buy' }))
  expect(await answer).toEqual({ event: 'bought', data: 'granted' })
  expect(await events()).toEqual(EXPECTED)
})
