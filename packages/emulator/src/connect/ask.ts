import { EMULATOR_ERROR_CODES, EmulatorError } from '../emulator-error.ts'
import { isFields } from '../rules/rule.ts'

export interface Answer {
  readonly status: number
  readonly text: string
}

/** Asks one path of `/__capi`. @throws EmulatorError `emulator_unreachable`, `not_an_emulator`, or what the emulator refuses */
export type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>

/** Statuses that are an answer of their own: of a wait that ended, and of what is not there. */
const ANSWERS: ReadonlySet<number> = new Set([404, 408])

export function askerOf(url: string): Ask {
  return async (method, path, body) => {
    const response = await reach(`${url}/__capi/${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    })
    const text = await response.text()
    const { status } = response
    const error = errorOf(text)
    const isAnswer = response.ok ? isOwn(response) : error !== undefined && ANSWERS.has(status)
    if (isAnswer) return { status, text }
    if (error === undefined) {
      const message = `What answers at ${url} is not an emulator (HTTP ${status} to ${method} /__capi/${path.split('?')[0]}).`
      throw new EmulatorError('not_an_emulator', message)
    }
    const code = EMULATOR_ERROR_CODES.find((one) => one === error.code) ?? 'option_invalid'
    throw new EmulatorError(code, error.message)
  }
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (cause) {
    const { origin } = new URL(url)
    const message = `No emulator answers at ${origin}. Start it with npx capi-emulator, or run the tests with capi-emulator exec.`
    throw new EmulatorError('emulator_unreachable', message, cause)
  }
}

function isOwn({ status, headers }: Response): boolean {
  return status === 204 || /^application\/(x-nd)?json/.test(headers.get('content-type') ?? '')
}

function errorOf(text: string): { readonly message: string; readonly code: unknown } | undefined {
  try {
    const body: unknown = JSON.parse(text)
    const error = isFields(body) ? body['error'] : undefined
    if (!isFields(error) || typeof error['message'] !== 'string') return undefined
    return { message: error['message'], code: error['code'] }
  } catch {
    return undefined // An answer of something else.
  }
}
