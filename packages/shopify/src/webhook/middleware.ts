import type { IncomingMessage, ServerResponse } from 'node:http'
import { CapiConfigError } from '@capi/core'
import { systemClock } from '@capi/core/adapter'
import { type BodyLimits, earlierBody, readBody } from '@capi/core/collector'
import { rejected, type WebhookResult } from './result.ts'
import type { WebhookHeaders } from './verify.ts'

/** Takes deliveries in Express or `node:http` and answers them itself; `next` gets an error in how it was mounted, and nothing else. */
export type WebhookMiddleware = (
  req: IncomingMessage,
  res: ServerResponse,
  next?: (error?: unknown) => void,
) => void

/** What the middleware asks of the rest. */
export interface WebhookEndpoint {
  readonly limits: BodyLimits
  handle(
    rawBody: Uint8Array | string,
    headers: WebhookHeaders,
    timeoutMs: number,
  ): Promise<WebhookResult>
  /** Reports what ended before it was handled. */
  notify(result: WebhookResult): WebhookResult
}

const BODY_IS_LOST = `@capi/shopify: a parser read the webhook's body first, and without its bytes the signature cannot be checked.
Mount shopifyCapi(...).middleware() above app.use(express.json()), or let the parser keep the bytes:
express.json({ limit: '5mb', verify: (req, _res, bytes) => { req.rawBody = bytes } }).`

/** Reads the bytes itself, hands them on, and answers; one deadline for all of it. */
export function webhookMiddleware(endpoint: WebhookEndpoint): WebhookMiddleware {
  async function answer(req: IncomingMessage): Promise<WebhookResult> {
    const startMs = systemClock.tick()
    const { limits } = endpoint
    const remainingMs = () => limits.timeoutMs - (systemClock.tick() - startMs)
    const earlier = earlierBody(req)
    if (earlier.state === 'lost' || earlier.state === 'parsed')
      throw new CapiConfigError('config_invalid', BODY_IS_LOST)
    if (earlier.state === 'kept') {
      return await endpoint.handle(earlier.body, req.headers, remainingMs())
    }
    const body = await readBody(earlier.stream, limits)
    if (!body.ok) return endpoint.notify(rejected(body.reason))
    return await endpoint.handle(body.bytes, req.headers, remainingMs())
  }

  return (req, res, next) => {
    answer(req).then(
      (result) => send(res, result),
      // Express prints it with the fix; a bare server answers so that Shopify tries again.
      (error: unknown) =>
        next ? next(Object.assign(error as Error, { status: 503 })) : fail(res, error),
    )
  }
}

/** The reason shows in Shopify's log of deliveries, and is no secret. */
function send(res: ServerResponse, { status, kind, reason }: WebhookResult): void {
  if (res.headersSent || res.destroyed) return
  res.statusCode = status
  res.setHeader('Content-Type', 'text/plain; charset=utf-8')
  if (reason === 'too_large' || reason === 'too_slow') res.setHeader('Connection', 'close')
  res.end(reason ?? kind)
}

function fail(res: ServerResponse, error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error))
  send(res, { status: 503, kind: 'refused' })
}
