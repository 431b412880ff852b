import { setTimeout as sleep } from 'node:timers/promises'
import { ConnectionFault } from './connection-fault.ts'
import { drip } from './drip.ts'
import { faultError } from './fault-error.ts'
import type { FaultAction } from './fault-rule.ts'

/** Names the fault behind an answer, so a test need not guess. */
export const FAULT_HEADER = 'x-capi-emulator-fault'

type Refusing = Extract<FaultAction, { type: 'error' | 'html' | 'timeout' | 'reset' }>
type Taking = Exclude<FaultAction, Refusing>

export interface FaultSurroundings {
  /** Its signal is aborted when the caller goes away. */
  readonly request: Request
  readonly random: () => number
}

/** Whether the fault comes before the call is looked at: none of its events is taken. */
export function isRefusing(action: FaultAction): action is Refusing {
  return ['error', 'html', 'timeout', 'reset'].includes(action.type)
}

/** The answer in place of the usual one. */
export function refuse(action: Refusing): Response {
  switch (action.type) {
    case 'error':
      return marked(faultError(action), action)
    case 'html': {
      const page = `<!doctype html><title>${action.status}</title><h1>Error ${action.status}</h1>`
      const headers = { 'content-type': 'text/html; charset=utf-8' }
      return marked(new Response(page, { status: action.status, headers }), action)
    }
    case 'timeout':
      throw new ConnectionFault('silence')
    case 'reset':
      throw new ConnectionFault('reset')
    default:
      return action satisfies never
  }
}

/** What becomes of the usual answer, after the call was judged and its events kept. */
export async function distort(
  action: Taking,
  usual: Response,
  { request, random }: FaultSurroundings,
): Promise<Response> {
  switch (action.type) {
    case 'latency':
      await pause(action.ms + random() * (action.spread ?? 0), request.signal)
      return marked(usual, action)
    case 'process_then_cut':
      throw new ConnectionFault('cut')
    case 'slow_loris':
      return marked(new Response(drip(await usual.text(), action.everyMs, request), usual), action)
    case 'malformed': {
      const text = await usual.text()
      return marked(new Response(text.slice(0, Math.ceil(text.length / 2)), usual), action)
    }
    case 'headers':
      for (const [name, value] of Object.entries(action.headers)) usual.headers.set(name, value)
      return marked(usual, action)
    case 'received':
      return marked(await withCount(usual, action.events_received), action)
    default:
      return action satisfies never
  }
}

function marked(response: Response, { type }: FaultAction): Response {
  response.headers.set(FAULT_HEADER, type)
  return response
}

/** A refusal counts nothing, so it stays as it is. */
async function withCount(usual: Response, events_received: number): Promise<Response> {
  if (!usual.ok) return usual
  const body: unknown = await usual.json()
  return new Response(JSON.stringify({ ...(body as object), events_received }), usual)
}

/** A caller that went away is waited for no longer. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {})
}
