import {
  type AnyCapiError,
  CapiApiError,
  CapiConfigError,
  CapiNetworkError,
  CapiTimeoutError,
} from '../issue/errors.ts'
import { demand } from '../option/demand.ts'
import { isPixelId } from '../option/pixel-ids.ts'
import { attempt as tryTo } from '../runtime/attempt.ts'
import { type Clock, systemClock } from '../runtime/clock.ts'
import { trueTime } from '../runtime/true-time.ts'
import { type Advice, adviceFor } from '../transport/advice.ts'
import { appSecretProof } from '../transport/app-secret-proof.ts'
import { type Attempt, classify } from '../transport/classify.ts'
import type { AccessToken } from '../transport/exchange-options.ts'
import { fetchTransport } from '../transport/fetch-transport.ts'
import { graphAddress } from '../transport/graph-address.ts'
import { type GraphResponse, parseGraphResponse } from '../transport/graph-response.ts'
import { isRefusal } from '../transport/to-error.ts'
import { createTokenSource } from '../transport/token-source.ts'

/**
 * What reading from Graph needs.
 * @internal
 */
export interface GraphOptions {
  /** The dataset (pixel) id, digits. */
  readonly pixelId: string
  /** A token, or a function that gives it; it travels in the `Authorization` header alone. */
  readonly accessToken: AccessToken
  /** The app's secret, where the app demands `appsecret_proof` with every call. */
  readonly appSecret?: string | undefined
  /** Graph API version; default `v27.0`. */
  readonly apiVersion?: string | undefined
  /** Meta's address, default `https://graph.facebook.com`; plain `http` is for private addresses. */
  readonly baseUrl?: string | undefined
  /** In place of the runtime's own. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Milliseconds for a whole request, default 10,000. */
  readonly timeoutMs?: number | undefined
  /** Time; default the machine's. */
  readonly clock?: Clock | undefined
}

/**
 * What Graph answered, or why it did not.
 * @internal
 */
export type GraphAnswer =
  | {
      readonly ok: true
      /** The body, parsed. Nothing of it is checked. */
      readonly body: unknown
      /** Meta's own time, milliseconds since 1970; undefined where the answer does not say. */
      readonly dateMs: number | undefined
    }
  | {
      readonly ok: false
      /** What `send` would reject with. */
      readonly error: AnyCapiError
      /** A field that Graph does not know; empty where its words do not name it. */
      readonly unknownField?: string
      /** As above: a refusal has a time too. */
      readonly dateMs?: number | undefined
    }

/** Reports of many events are far larger than answers to events. */
const MAX_CHARACTERS = 4_194_304
const NOTHING_DONE = 'Only numbers were asked for; no event is concerned. Try again later.'

/** Words for refusals of a report, where those for events would mislead. Source: Meta, Dataset Quality API, read 2026-11. */
const NOT_ALLOWED: Advice = {
  what: 'the access token may not read this',
  todo:
    'Use a system user with "Use events dataset" for the dataset, ads_read, and ads_management or business_management. ' +
    'A token of Events Manager reads the quality, no statistics; one made before July 2025 needs the consent of the advertiser once',
}
const NOT_GRAPHS: Advice = {
  what: 'the answer is none of Graph’s',
  todo: 'Check baseUrl, and proxies on the way',
}

/**
 * Asks Graph for something, with the token in the header.
 * @param path below the version: `dataset_quality`
 * @param query without the token
 * @param form makes it a POST; made of the token, for what takes one as a parameter: a body, for it must be in no address
 * @throws CapiConfigError for options that cannot work. What Graph refuses is an answer.
 * @internal
 */
export async function readGraph(
  options: GraphOptions,
  path: string,
  query: Readonly<Record<string, string>> = {},
  form?: (token: string) => Readonly<Record<string, string>>,
): Promise<GraphAnswer> {
  const { pixelId, accessToken, appSecret, timeoutMs = 10_000, clock = systemClock } = options
  const { apiVersion, baseUrl } = graphAddress(options)
  demand(isPixelId(pixelId), 'pixelId', 'must be a dataset id, 5 to 20 digits, as text')
  demand(timeoutMs > 0 && Number.isFinite(timeoutMs), 'timeoutMs', 'must be above 0')
  const { fetch = (...args) => globalThis.fetch(...args) } = options
  const transport = fetchTransport({ fetch, timeoutMs, clock, maxCharacters: MAX_CHARACTERS })
  const tokens = createTokenSource(accessToken, { clock, time: trueTime(clock), timeoutMs })
  const url = `${baseUrl}/${apiVersion}/${path}`
  const attempt = await transport({
    url,
    async prepare() {
      const token = await tokens.get(pixelId)
      if (!token) return { code: 'access_token_unavailable' }
      // What fetch would refuse to put into a header, with a text that repeats it.
      if (!/^[\x21-\x7e]+$/.test(token)) return { code: 'access_token_malformed' }
      const search = new URLSearchParams(query)
      if (appSecret !== undefined)
        search.set('appsecret_proof', await appSecretProof(appSecret, token))
      const request = {
        url: search.size === 0 ? url : `${url}?${search}`,
        headers: { authorization: `Bearer ${token}` },
      }
      if (form === undefined) return { method: 'GET', ...request }
      return { method: 'POST', ...request, body: new URLSearchParams(form(token)) }
    },
    sent: 0,
  })
  return answerOf(attempt, timeoutMs)
}

function answerOf(attempt: Attempt, timeoutMs: number): GraphAnswer {
  if (attempt.phase !== 'answered') return { ok: false, error: noAnswer(attempt.code, timeoutMs) }
  const date = Date.parse(attempt.headers['date'] ?? '')
  const dateMs = Number.isFinite(date) ? date : undefined
  const list = attempt.status === 200 ? listIn(attempt.body) : undefined
  if (list !== undefined) return { ok: true, body: list, dateMs }
  const response = parseGraphResponse(attempt.status, attempt.body)
  if (response.ok) return { ok: true, body: JSON.parse(attempt.body), dateMs }
  return { ok: false, dateMs, ...refused(attempt, response) }
}

/** Graph answers a batch with a list. */
function listIn(body: string): readonly unknown[] | undefined {
  return body.startsWith('[') ? tryTo(() => JSON.parse(body)) : undefined
}

function noAnswer(code: string, timeoutMs: number): AnyCapiError {
  if (code.startsWith('access_token_')) {
    return new CapiConfigError(
      'access_token_missing',
      `There is no access token that can be sent; nothing was asked. Set accessToken (META_CAPI_ACCESS_TOKEN). (${code})`,
    )
  }
  return code === 'timeout'
    ? new CapiTimeoutError(timeoutMs, NOTHING_DONE)
    : new CapiNetworkError(code, NOTHING_DONE)
}

function refused(
  attempt: Attempt & { readonly phase: 'answered' },
  response: GraphResponse & { readonly ok: false },
): Omit<GraphAnswer & { readonly ok: false }, 'ok'> {
  const { verdict, code, waitMs } = classify(attempt)
  const { code: metaCode, error_subcode: metaSubcode } = response
  const isPermission =
    metaCode === 10 || (metaCode !== undefined && metaCode >= 200 && metaCode < 300)
  const unasked = metaCode === undefined && attempt.status !== 401 ? NOT_GRAPHS : adviceFor(code)
  const error = new CapiApiError({
    status: attempt.status,
    metaCode,
    metaSubcode,
    fbtrace_id: response.fbtrace_id,
    retryable: !isRefusal(verdict),
    retryAfterMs: waitMs,
    advice: isPermission ? NOT_ALLOWED : unasked,
  })
  const isField = metaCode === 100 && metaSubcode === undefined
  return { error, ...(isField && { unknownField: namedField(attempt.body) }) }
}

/** From "(#100) Tried accessing nonexisting field (name) on node type (…)"; errors may come in any language. */
function namedField(body: string): string {
  return /\bfield \((\w+)\)/.exec(body)?.[1] ?? ''
}
