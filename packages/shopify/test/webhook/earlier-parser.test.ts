import express, { type ErrorRequestHandler, type Request } from 'express'
import { describe, expect, it } from 'vitest'
import { deliver, expressShop, serve, testShop, webOrder } from './test-shop.ts'

describe('a parser in front', () => {
  const seen: unknown[] = []
  const onError: ErrorRequestHandler = (error, _req, res, _next) => {
    seen.push(error)
    res.status(error.status).end()
  }

  it('of JSON is named with what to do, and Shopify is told to try again', async () => {
    const { shopify } = testShop()
    const app = express().use(express.json())
    app.post('/webhooks', shopify.middleware())
    app.use(onError)
    const answer = await deliver(`${await serve(app)}/webhooks`, webOrder(1))
    expect(answer.status).toBe(503)
    expect(seen.at(-1)).toMatchObject({
      code: 'config_invalid',
      message: expect.stringContaining('above app.use(express.json())'),
    })
  })

  it.each([
    ['express.raw', express.raw({ type: '*/*' })],
    ['express.text', express.text({ type: '*/*' })],
    [
      'express.json that keeps the bytes',
      express.json({ verify: (req, _res, bytes) => void Object.assign(req, { rawBody: bytes }) }),
    ],
    [
      'a framework that keeps the bytes, as Nest and cloud functions do',
      async (req: Request, _res: unknown, next: () => void) => {
        const chunks: Buffer[] = []
        for await (const chunk of req) chunks.push(chunk as Buffer)
        const rawBody = Buffer.concat(chunks)
        Object.assign(req, { rawBody, body: JSON.parse(rawBody.toString()) })
        next()
      },
    ],
  ])('%s does no harm', async (_name, parser) => {
    const url = await expressShop(testShop(), (app) => void app.use(parser))
    expect(await deliver(url, webOrder(1))).toEqual({ status: 200, text: 'tracked' })
  })
})
