import type { CallDraft } from '../calls/call-draft.ts'
import { readBytes } from '../graph/read-bytes.ts'
import { type Fields, isFields } from '../rules/rule.ts'

/**
 * The fields of a pixel call, from its query and its body. Forms, JSON and the text that
 * `navigator.sendBeacon` sends are all read; what cannot be read counts as empty.
 */
export async function readPixelCall(request: Request, draft: CallDraft): Promise<Fields> {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  if (request.method !== 'POST') return query
  return { ...query, ...(await readBody(request, draft).catch(() => ({}))) }
}

async function readBody(request: Request, draft: CallDraft): Promise<Fields> {
  const bytes = await readBytes(request, draft)
  if (bytes === 'too_large') return {}
  const contentType = request.headers.get('content-type') ?? ''
  if (contentType.startsWith('multipart/form-data')) {
    const form = new Response(bytes, { headers: { 'content-type': contentType } })
    return Object.fromEntries(await form.formData())
  }
  const text = new TextDecoder().decode(bytes)
  if (!text.trimStart().startsWith('{')) return Object.fromEntries(new URLSearchParams(text))
  const body: unknown = JSON.parse(text)
  return isFields(body) ? body : {}
}
