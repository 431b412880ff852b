import { attempt } from '../runtime/attempt.ts'

/** A request of Node's: of `node:http`, Express, Fastify or Nest. */
export interface NodeRequest {
  /** `GET`, `POST`, … */
  readonly method?: string | undefined
  /** The path and query. */
  readonly url?: string | undefined
  /** The same before a router took a part of it away. */
  readonly originalUrl?: string | undefined
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** What a body parser left. */
  readonly body?: unknown
  /** The bytes that a body parser kept. */
  readonly rawBody?: unknown
  /** Node's own request, of Fastify's. */
  readonly raw?: unknown
}

/** The response that belongs to it. */
export interface NodeResponse {
  /** The status of the answer. */
  readonly statusCode: number
  /** Node's own response, of Fastify's. */
  readonly raw?: unknown
  /** Fastify's: leaves the response to the caller. */
  readonly hijack?: (() => unknown) | undefined
}

interface RawRequest extends NodeRequest {
  readonly complete?: boolean
  readonly readableDidRead?: boolean
  readonly readableEnded?: boolean
  readonly iterator?: (options: { destroyOnReturn: boolean }) => AsyncIterator<Uint8Array | string>
}

interface RawResponse {
  statusCode: number
  readonly headersSent: boolean
  readonly destroyed: boolean
  setHeader(name: string, value: string): unknown
  end(body?: string): unknown
}

/**
 * What is left of a body.
 * @internal
 */
export type EarlierBody =
  /** It was not read yet. */
  | {
      readonly state: 'unread'
      /** Reads it. */
      readonly stream: ReadableStream<Uint8Array>
    }
  | {
      readonly state: 'kept'
      /** Its bytes or its text. */
      readonly body: Uint8Array | string
    }
  | {
      readonly state: 'parsed'
      /** What a JSON parser made of it. */
      readonly value: object
    }
  /** It was read, and nothing of it is left. */
  | { readonly state: 'lost' }

/**
 * Where the body of a request is: in `rawBody` (Nest, cloud functions, the `verify` of express.json), in `body`, as parsers
 * leave it, or still to be read.
 * @internal
 */
export function earlierBody(given: NodeRequest): EarlierBody {
  const { rawBody, body } = given
  const kept = [rawBody, body].find(isRaw)
  if (kept !== undefined) return { state: 'kept', body: kept }
  const raw = rawOf<RawRequest>(given)
  // Express 4 leaves an empty object where it did not parse; the body is then still unread.
  if (raw.readableDidRead !== true && raw.readableEnded !== true && raw.iterator !== undefined)
    return { state: 'unread', stream: streamOf(raw.iterator({ destroyOnReturn: false })) }
  return typeof body === 'object' && body !== null
    ? { state: 'parsed', value: body }
    : { state: 'lost' }
}

/**
 * Answers a request of Node's with a handler of web requests. Works behind body parsers and without: what they left of the
 * body is given back. The response is sent by Node itself, also on Fastify.
 * @param handle must not reject.
 * @example
 * await serveNode(req, res, (request) => collect(request, capi, EVENTS))
 */
export async function serveNode(
  req: NodeRequest,
  res: NodeResponse,
  handle: (request: Request) => Promise<Response>,
): Promise<void> {
  res.hijack?.()
  const answer = await handle(await webRequest(req))
  const { status, headers } = answer
  const text = await answer.text()
  const response = rawOf<RawResponse>(res)
  if (response.headersSent || response.destroyed) return
  response.statusCode = status
  headers.forEach((value, name) => void response.setHeader(name, value))
  // What was not read is not waited for.
  if (rawOf<RawRequest>(req).complete === false) response.setHeader('Connection', 'close')
  if (text === '') response.end()
  else response.end(text)
}

/** DOM and Node.js name this type differently. */
type RequestOptions = NonNullable<ConstructorParameters<typeof Request>[1]>

async function webRequest(req: NodeRequest): Promise<Request> {
  const { method = 'GET', originalUrl, url = '/' } = req
  const address = `http://localhost${originalUrl ?? url}`
  const where = URL.canParse(address) ? address : 'http://localhost/'
  const headers = headersOf(req)
  if (method !== 'POST') return new Request(where, { method: methodOf(method), headers })
  const earlier = earlierBody(req)
  const body = bodyOf(earlier)
  // Node.js takes a stream only where the answer may come before its end: `duplex`.
  const init = { method, headers, body: body ?? new Uint8Array(), duplex: 'half' }
  const request = new Request(where, init as RequestOptions)
  // A body that is lost is one that was used.
  if (body === undefined) await request.text()
  return request
}

/** Some methods cannot be written into a web request; no handler of ours takes them. */
function methodOf(method: string): string {
  return /^(?:GET|HEAD|OPTIONS|PUT|PATCH|DELETE)$/.test(method) ? method : 'GET'
}

function headersOf({ headers }: NodeRequest): Headers {
  const read = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    // Names such as `:authority` are none here.
    if (value !== undefined) attempt(() => read.set(name, String(value)))
  }
  return read
}

function bodyOf(earlier: EarlierBody): ReadableStream<Uint8Array> | Uint8Array | undefined {
  if (earlier.state === 'unread') return earlier.stream
  if (earlier.state === 'kept') return bytesOf(earlier.body)
  if (earlier.state === 'lost') return undefined
  const text = attempt(() => JSON.stringify(earlier.value))
  return text === undefined ? undefined : bytesOf(text)
}

/** A text would bring a content type that the page never sent. */
function bytesOf(body: Uint8Array | string): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : body
}

/** Not read before it is asked for; cancelled, it leaves the connection open for the answer. */
function streamOf(chunks: AsyncIterator<Uint8Array | string>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done === true) controller.close()
        else controller.enqueue(bytesOf(value))
      },
    },
    { highWaterMark: 0 },
  )
}

function rawOf<T extends object>(given: { readonly raw?: unknown }): T {
  return (given.raw ?? given) as T
}

function isRaw(value: unknown): value is Uint8Array | string {
  return value instanceof Uint8Array || typeof value === 'string'
}
