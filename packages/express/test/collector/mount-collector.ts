import express, { type RequestHandler } from 'express'
import { type CollectorOptions, capiCollector, capiMiddleware } from '../../src/index.ts'
import { createWorld, serve } from '../serve.ts'

export const ORIGIN = 'https://shop.example'
export const SECRET = 'a-secret-of-the-tests'
export const VIEW = {
  event_name: 'ViewContent',
  event_id: 'view.1',
  custom_data: { content_ids: ['mug'] },
}

export interface Sending {
  readonly origin?: string | null
  readonly type?: string | null
  readonly body?: string
  readonly headers?: Record<string, string>
  readonly method?: string
}

/** The collector behind the middleware on a real server. */
export async function mount(
  options: Partial<CollectorOptions> = {},
  { before = [], factory = express, consent = 'granted' as const } = {} as {
    before?: RequestHandler[]
    factory?: typeof express
    consent?: 'granted' | 'denied'
  },
) {
  const world = createWorld()
  const refusals: string[] = []
  const app = factory()
  app.set('trust proxy', 'loopback')
  for (const handler of before) app.use(handler)
  app.use(capiMiddleware({ client: world.client, consent }))
  app.use(
    '/collect',
    capiCollector({
      allowedOrigins: [ORIGIN],
      events: ['ViewContent', 'Purchase'],
      signingSecret: SECRET,
      logger: world.logger,
      onRefused: (reason) => void refusals.push(reason),
      ...options,
    }),
  )
  const url = `${await serve(app as never)}/collect`
  return {
    ...world,
    url,
    refusals,
    post: async ({
      origin = ORIGIN,
      type = 'application/json',
      body = JSON.stringify(VIEW),
      headers,
      method = 'POST',
    }: Sending = {}) => {
      return await fetch(url, {
        method,
        body: method === 'POST' ? body : null,
        headers: {
          'user-agent': 'UA/1',
          'x-forwarded-for': '203.0.113.7',
          ...(origin !== null && { origin }),
          ...(type !== null && { 'content-type': type }),
          ...headers,
        },
      })
    },
  }
}

export const sending = (more: object) => JSON.stringify({ ...VIEW, ...more })
