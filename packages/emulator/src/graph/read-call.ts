import { type Call, type Fields, isFields } from '../rules/rule.ts'

/**
 * Reads a call: JSON, or a form whose `data` is JSON text. The token comes from the header, the
 * body or the query. Source: Meta, Conversions API > Using the API, read 2026-09.
 */
export async function readCall(request: Request): Promise<Call> {
  const body = await readBody(request).catch(() => undefined)
  const token = [
    /^Bearer\s+(.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1],
    body?.['access_token'],
    new URL(request.url).searchParams.get('access_token'),
  ].find((value) => typeof value === 'string' && value.trim() !== '')
  return {
    ...(typeof token === 'string' && { token: token.trim() }),
    ...(body && { body }),
  }
}

async function readBody(request: Request): Promise<Fields | undefined> {
  const contentType = request.headers.get('content-type') ?? ''
  if (/^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(contentType)) {
    const form: Fields = Object.fromEntries(await request.formData())
    return { ...form, ...(typeof form['data'] === 'string' && { data: parseJson(form['data']) }) }
  }
  const body: unknown = await request.json()
  return isFields(body) ? body : undefined
}

/** Text that is not JSON stays text, for the rules to refuse. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
