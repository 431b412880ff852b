import { once } from 'node:events'
import { startEmulator } from '@capi/emulator'
import { expect, it } from 'vitest'
import { RUNTIMES, startProgram } from '../src/run-program.ts'

it.concurrent.each(RUNTIMES)(
  'Hono on %s answers what runs and delivers to a slow Meta before SIGTERM ends it',
  async (runtime) => {
    const emulator = await startEmulator({ port: 0 })
    emulator.fail({ action: { type: 'latency', ms: 1_500 } })
    await using shop = await startProgram(runtime, 'hono-shop', emulator.url)
    const ask = (path: string, method = 'GET') =>
      fetch(`http://127.0.0.1:${shop.line}${path}`, {
        method,
        headers: { 'user-agent': 'UA/1', connection: 'close' },
      })
    expect(await (await ask('/order/1', 'POST')).json()).toEqual({ event_id: expect.any(String) })
    const running = ask('/order/slow', 'POST')
    // The runtime says who is connected, so no line of the log asks for it.
    const state = async () => (await ask('/')).json()
    await expect.poll(state, { timeout: 15_000 }).toEqual({ orders: 2, log: [] })
    const exited = once(shop.process, 'exit')
    shop.process.kill('SIGTERM')
    expect((await running).status).toBe(200)
    expect(await exited).toEqual([null, 'SIGTERM'])
    const sent = emulator.events({ status: 'processed' }).map(({ payload }) => payload['event_id'])
    expect(new Set(sent).size).toBe(2)
    expect(sent).toHaveLength(2)
    await emulator.close()
  },
)
