import { request } from 'node:http'
import { expect, it } from 'vitest'
import { startEmulator } from '../../src/index.ts'

it('refuses a body without a length at the limit, before it has come whole', async () => {
  await using emulator = await startEmulator({ port: 0 })
  const chunk = Buffer.alloc(1024 * 1024, 'x')
  const answer = await new Promise<{ status: number | undefined; sent: number }>(
    (resolve, reject) => {
      let sent = 0
      const headers = { authorization: 'Bearer any' }
      const call = request(
        `${emulator.url}/v27.0/42/events`,
        { method: 'POST', headers },
        (response) => {
          response.resume()
          resolve({ status: response.statusCode, sent })
          call.destroy()
        },
      )
      const send = () => {
        while (sent < 300) {
          sent += 1
          if (!call.write(chunk)) return void call.once('drain', send)
        }
        call.end()
      }
      call.once('error', reject)
      send()
    },
  )
  expect(answer.status).toBe(413)
  expect(answer.sent).toBeLessThan(100)
  expect(emulator.calls()).toMatchObject([{ error: { rule: 'body_too_large' } }])
  expect(emulator.calls()[0]?.bytes).toBeGreaterThan(32 * 1024 * 1024)
})
