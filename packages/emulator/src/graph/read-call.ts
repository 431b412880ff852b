import type { CallDraft } from '../calls/call-draft.ts'
import { eventsOf } from '../rules/judge.ts'
import { type Call, type Fields, isFields } from '../rules/rule.ts'
import { readBytes } from './read-bytes.ts'

/**
 * Reads a call: JSON or a form, plain or compressed. The token comes from the header, the body or
 * the query. Source: Meta, Conversions API > Using the API, read 2026-09.
 */
export async function readCall(request: Request, draft: CallDraft): Promise<Call> {
  const { body, isTooLarge } = await readBody(request, draft)
  const query = new URL(request.url).searchParams
  const token = [
    /^Bearer\s+(.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1],
    body?.['access_token'],
    query.get('access_token'),
  ].find((value) => typeof value === 'string' && value.trim() !== '')
  const proof = body?.['appsecret_proof'] ?? query.get('appsecret_proof')
  const call = {
    ...(typeof token === 'string' && { token: token.trim() }),
    ...(typeof proof === 'string' && { proof }),
    ...(body && { body }),
    ...(isTooLarge && { isTooLarge }),
  }
  draft.payloads = eventsOf(call)
  return call
}

interface ReadBody {
  readonly body?: Fields
  readonly isTooLarge?: boolean
}

async function readBody(request: Request, draft: CallDraft): Promise<ReadBody> {
  try {
    const bytes = await readBytes(request, draft)
    if (bytes === 'too_large') return { isTooLarge: true }
    draft.body = bytes
    return await parse(request, bytes)
  } catch {
    return {} // No JSON, no form, or not compressed as it says: for the rules to refuse.
  }
}

async function parse({ headers }: Request, bytes: Uint8Array<ArrayBuffer>): Promise<ReadBody> {
  const contentType = headers.get('content-type') ?? ''
  if (/^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(contentType)) {
    const form = new Response(bytes, { headers: { 'content-type': contentType } })
    return { body: fieldsOf([...(await form.formData())]) }
  }
  const body: unknown = JSON.parse(new TextDecoder().decode(bytes))
  if (!isFields(body)) return {}
  return Array.isArray(body['data'])
    ? { body: { ...body, data: body['data'].map(decoded) } }
    : { body }
}

/**
 * In a form `data` is one JSON text, or a field for each event: `data=`, `data[]=`, `data[0]=`.
 * Source: Meta, Ads Pixel > Events, which types it as a list of texts, read 2026-09.
 */
function fieldsOf(form: readonly (readonly [name: string, value: unknown])[]): Fields {
  const events = form.filter(([name]) => /^data(\[\d*\])?$/.test(name))
  const others = Object.fromEntries(form.filter((entry) => !events.includes(entry)))
  const [first] = events
  if (first === undefined) return others
  const isWhole = events.length === 1 && first[0] === 'data'
  const data = isWhole ? decoded(first[1]) : events.map(([, value]) => value)
  return { ...others, data: Array.isArray(data) ? data.map(decoded) : data }
}

/** An event may be JSON text inside the list; what is not JSON stays text, for the rules to refuse. */
function decoded(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
