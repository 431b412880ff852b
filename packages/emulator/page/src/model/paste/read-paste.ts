import { capturePixelCall } from '../../../../src/browser/capture-pixel-call.ts'
import { type Fields, isFields } from '../payload.ts'
import { curlCall, type PastedCall } from './curl-call.ts'
import { readLiterals } from './js-literal.ts'

export interface Pasted {
  /** The body of a call as JSON; the text as it was pasted, without tokens, where it could not be read. */
  readonly text: string
  /** The dataset that the address named. */
  readonly pixelId?: string
}

/**
 * The body of a call from what was pasted: a curl command, a body as JSON or JavaScript, a list of events, one event, a
 * call of `track`, or the address of a pixel's call. An access token never comes along.
 */
export function readPaste(text: string, nowMs: number): Pasted {
  const call = callOf(text.trim(), nowMs)
  const url = urlOf(call.url)
  const isPixel = url !== undefined && /\/tr\/?$/.test(url.pathname)
  const body = isPixel ? pixelBody(url, call.body, nowMs) : bodyOf(call.body, nowMs)
  const pixelId = isPixel
    ? url.searchParams.get('id')
    : /\/(\d+)\/events\/?$/.exec(url?.pathname ?? '')?.[1]
  return {
    text: body === undefined ? withoutTokens(text) : JSON.stringify(body, null, 2),
    ...(pixelId && { pixelId }),
  }
}

function callOf(text: string, nowMs: number): PastedCall {
  if (/^(?:\$ )?curl(?:\.exe)?\s/.test(text)) return curlCall(text.replace(/^\$ /, ''), nowMs)
  return /^https?:\/\/\S+$/.test(text)
    ? { url: text, body: undefined }
    : { url: undefined, body: text }
}

function urlOf(text: string | undefined): URL | undefined {
  return text !== undefined && URL.canParse(text) ? new URL(text) : undefined
}

function bodyOf(body: PastedCall['body'], nowMs: number): Fields | undefined {
  if (body === undefined) return undefined
  if (typeof body !== 'string') return withoutToken(fieldsOfForm(body))
  const value = trackedEvent(body, nowMs) ?? parsed(body) ?? literal(body, nowMs)
  if (Array.isArray(value)) return { data: value }
  if (!isFields(value)) return undefined
  return 'data' in value ? withoutToken(value) : { data: [value] }
}

/** In a form, `data` is one JSON text. */
function fieldsOfForm(form: readonly (readonly [string, string])[]): Fields {
  return Object.fromEntries(
    form.map(([key, value]) => [key, key === 'data' ? (parsed(value) ?? value) : value]),
  )
}

/** `capi.track('Purchase', { value: 1 }, { user_data: {} })`, as this page copies an event. */
function trackedEvent(text: string, nowMs: number): Fields | undefined {
  const call = /\.track\s*\(([\s\S]*)\)\s*;?\s*$/.exec(text.slice(0, MAX_CHARACTERS))?.[1]
  const [event_name, custom_data, rest] = call === undefined ? [] : (literals(call, nowMs) ?? [])
  if (typeof event_name !== 'string') return undefined
  return {
    event_name,
    event_time: Math.floor(nowMs / 1000),
    ...(isFields(rest) && rest),
    ...(isFields(custom_data) && { custom_data }),
  }
}

/** `const body = { … }` or `{ … };` as well. */
function literal(text: string, nowMs: number): unknown {
  return literals(
    text.replace(/^\s*(?:(?:const|let|var)\s+[\w$]+\s*=)?/, '').replace(/;\s*$/, ''),
    nowMs,
  )?.[0]
}

const MAX_CHARACTERS = 1_000_000

function literals(text: string, nowMs: number): readonly unknown[] | undefined {
  try {
    return readLiterals(text, nowMs)
  } catch {
    return undefined
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function pixelBody(url: URL, body: PastedCall['body'], nowMs: number): Fields | undefined {
  const posted = typeof body === 'string' ? parsed(body) : Object.fromEntries(body ?? [])
  const call = {
    ts: String(nowMs),
    ...Object.fromEntries(url.searchParams),
    ...(isFields(posted) && posted),
  }
  const payload = capturePixelCall(call)?.payload
  return payload && { data: [{ action_source: 'website', ...payload }] }
}

function withoutToken(body: Fields): Fields {
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== 'access_token'))
}

/** Of a text that could not be read: what stands behind the names that tokens go by. */
function withoutTokens(text: string): string {
  return text
    .replaceAll(/(access_token["']?\s*[=:]\s*["']?)[\w.%|-]+/gi, '$1…')
    .replaceAll(/(\bBearer\s+)[\w.|-]+/gi, '$1…')
    .replaceAll(/\bEAA[\w-]{8,}/g, '…')
}
