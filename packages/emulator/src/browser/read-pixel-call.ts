import { type Fields, isFields } from '../rules/rule.ts'

/**
 * The fields of a pixel call, from its query and its body. Forms, JSON and the text that
 * `navigator.sendBeacon` sends are all read; what cannot be read counts as empty.
 */
export async function readPixelCall(request: Request): Promise<Fields> {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  if (request.method !== 'POST') return query
  return { ...query, ...(await readBody(request).catch(() => ({}))) }
}

async function readBody(request: Request): Promise<Fields> {
  if (request.headers.get('content-type')?.startsWith('multipart/form-data')) {
    return Object.fromEntries(await request.formData())
  }
  const text = await request.text()
  if (!text.trimStart().startsWith('{')) return Object.fromEntries(new URLSearchParams(text))
  const body: unknown = JSON.parse(text)
  return isFields(body) ? body : {}
}
