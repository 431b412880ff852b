import { eventsOf, type Refusal } from '../rules/judge.ts'
import type { Call, Fields } from '../rules/rule.ts'
import { BATCH_REFUSED } from '../rules/rules.ts'
import type { EventError, NewEvent } from '../store/captured-event.ts'
import { maskToken } from './mask-token.ts'

/** Turns a judged call into what the emulator keeps of it. */
export function captureCall(
  pixelId: string,
  call: Call,
  refusal: Refusal | undefined,
): readonly NewEvent[] {
  const testEventCode = textOf(call.body?.['test_event_code'])
  const token = call.token === undefined ? undefined : maskToken(call.token)
  return eventsOf(call).map((payload, index) => {
    const eventId = textOf(payload['event_id'])
    return {
      source: 'server',
      status: refusal ? 'rejected' : 'processed',
      pixel_id: pixelId,
      event_name: textOf(payload['event_name']) ?? '',
      ...(eventId !== undefined && { event_id: eventId }),
      ...(testEventCode !== undefined && { test_event_code: testEventCode }),
      ...(token !== undefined && { token }),
      payload: withoutToken(payload),
      ...(refusal && { error: errorOf(refusal, index) }),
    }
  })
}

function errorOf({ rule, fault, blamed }: Refusal, index: number): EventError {
  const isBystander = blamed !== undefined && blamed !== index
  const { id, title, fix } = isBystander ? BATCH_REFUSED : rule
  return {
    rule: id,
    code: rule.code,
    ...(rule.subcode !== undefined && { error_subcode: rule.subcode }),
    title,
    ...(fault.path !== undefined && { path: fault.path }),
    fix,
  }
}

/** A token misplaced into an event must not be stored with it. */
function withoutToken(payload: Fields): Fields {
  const token = payload['access_token']
  return typeof token === 'string' ? { ...payload, access_token: maskToken(token) } : payload
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
