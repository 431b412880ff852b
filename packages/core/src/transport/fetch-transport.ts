import { attempt } from '../runtime/attempt.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Attempt } from './classify.ts'
import type { EventsRequest, NoRequest } from './events-request.ts'

export interface TransportRequest {
  readonly url: string
  /** Asked inside the deadline: it may wait for a token. A rejection: there is none. */
  readonly prepare: () => Promise<EventsRequest | ReadRequest | NoRequest>
  /** How many events the body holds. */
  readonly sent: number
  readonly signal?: AbortSignal | undefined
}

/** A request that only asks. */
export interface ReadRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: URLSearchParams
}

export type Transport = (request: TransportRequest) => Promise<Attempt>

/** Failures before a connection stood: nothing of the request can have left. Codes of Node and undici. */
const NOT_SENT: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/** Cloudflare Workers refuse timers and signals outside of a request, and signals of another one. */
const REFUSED: Attempt = { phase: 'not_sent', code: 'refused_by_runtime' }

/** Meta's answers to events are a few hundred bytes; a proxy's page need not be read to its end. */
const MAX_RESPONSE_CHARACTERS = 65_536

/**
 * Posts a batch, or asks. One deadline covers connecting, headers and body, even when the given `fetch` ignores
 * its signal. Redirects are not followed: they would carry the token elsewhere. Never rejects.
 */
export function fetchTransport(options: {
  readonly fetch: typeof globalThis.fetch
  readonly timeoutMs: number
  readonly clock: Clock
  /** More of an answer than so many characters is cut. */
  readonly maxCharacters?: number
}): Transport {
  const { maxCharacters = MAX_RESPONSE_CHARACTERS } = options
  return (request) => {
    const abort = attempt(() => new AbortController())
    if (abort === undefined) return Promise.resolve(REFUSED)
    return new Promise((resolve) => {
      let cancelTimer = () => {}
      let hasLeft = false
      const finish = (result: Attempt) => {
        cancelTimer()
        attempt(() => request.signal?.removeEventListener('abort', onAbort))
        resolve(result)
      }
      const giveUp = (code: string) => {
        const isNotSent = !hasLeft || NOT_SENT.has(code)
        finish({ phase: isNotSent ? 'not_sent' : 'no_answer', code })
        abort.abort()
      }
      const onAbort = () => giveUp('aborted')
      try {
        cancelTimer = options.clock.after(options.timeoutMs, () =>
          giveUp(hasLeft ? 'timeout' : 'access_token_timeout'),
        )
        if (request.signal?.aborted) return onAbort()
        request.signal?.addEventListener('abort', onAbort, { once: true })
      } catch {
        return finish(REFUSED)
      }
      const fetch: typeof options.fetch = (...args) => {
        hasLeft = true
        return options.fetch(...args)
      }
      post(fetch, request, { signal: abort.signal, maxCharacters }).then(finish, (error: unknown) =>
        giveUp(networkCode(error)),
      )
    })
  }
}

async function post(
  fetch: typeof globalThis.fetch,
  request: TransportRequest,
  { signal, maxCharacters }: { readonly signal: AbortSignal; readonly maxCharacters: number },
): Promise<Attempt> {
  const prepared = await prepare(request)
  if ('code' in prepared) return { phase: 'not_sent', code: prepared.code }
  if (signal.aborted) return { phase: 'not_sent', code: 'aborted' }
  const { url, ...given } = { url: request.url, ...prepared }
  const response = await fetch(url, {
    method: 'POST',
    ...given,
    redirect: 'manual',
    signal,
  })
  const { status } = response
  const headers = Object.fromEntries(response.headers)
  return {
    phase: 'answered',
    status,
    headers,
    body: await readCapped(response, maxCharacters),
    sent: request.sent,
  }
}

async function prepare(request: TransportRequest): ReturnType<TransportRequest['prepare']> {
  try {
    return await request.prepare()
  } catch {
    // Reported by its code; what the caller's function threw may hold the token.
    return { code: 'access_token_unavailable' }
  }
}

async function readCapped(response: Response, maxCharacters: number): Promise<string> {
  const reader = response.body?.getReader()
  if (reader === undefined) return ''
  const decoder = new TextDecoder()
  let text = ''
  while (text.length < maxCharacters) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
  }
  await reader.cancel()
  return text
}

/** `ECONNREFUSED` and its like; never a message, which may hold an address. */
function networkCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  const code =
    typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : 'network'
}
