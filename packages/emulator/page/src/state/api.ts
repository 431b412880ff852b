import { isFields } from '../model/payload.ts'

/** An answer of the emulator's own API. Rejects with a sentence for a person. */
export async function getJson<T>(path: string): Promise<T> {
  return request<T>(path, { headers: { accept: 'application/json' } })
}

export async function putJson<T>(path: string, body: unknown): Promise<T> {
  return request<T>(path, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, init).catch(() => {
    throw new Error('The emulator does not answer. Is it still running?')
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok)
    throw new Error(reasonOf(body) ?? `The emulator answered ${response.status} to ${path}.`)
  return body as T
}

function reasonOf(body: unknown): string | undefined {
  const error = isFields(body) ? body['error'] : undefined
  const message = isFields(error) ? error['message'] : undefined
  return typeof message === 'string' ? message : undefined
}

/** Brings back what was exported. */
export async function importEvents(
  text: string,
): Promise<{ readonly imported: number; readonly refused: number }> {
  return request('/__capi/import', { method: 'POST', body: text })
}

export async function clearEvents(): Promise<void> {
  await fetch('/__capi/events', { method: 'DELETE' })
}

export interface Answer {
  readonly status: number
  readonly rule: string | null
  readonly body: unknown
}

/** Posts events as a client of Meta's would. */
export async function postEvents(path: string, body: string): Promise<Answer> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { authorization: 'Bearer page', 'content-type': 'application/json' },
    body,
  })
  const text = await response.text()
  return {
    status: response.status,
    rule: response.headers.get('x-capi-emulator-rule'),
    body: parseOrText(text),
  }
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
