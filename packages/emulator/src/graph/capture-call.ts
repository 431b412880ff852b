import { eventsOf, type Refusal, type Verdict } from '../rules/judge.ts'
import { BATCH_REFUSED, type Call, type Fields } from '../rules/rule.ts'
import type { EventError, NewEvent } from '../store/captured-event.ts'
import { maskToken } from './mask-token.ts'

/** Turns a judged call into what the emulator keeps of it. */
export function captureCall(
  pixelId: string,
  call: Call,
  judged: Verdict | 'faulted',
): readonly NewEvent[] {
  const testEventCode = textOf(call.body?.['test_event_code'])
  const uploadTag = textOf(call.body?.['upload_tag'])
  const token = call.token === undefined ? undefined : maskToken(call.token)
  return eventsOf(call).map((payload, index) => {
    const eventId = textOf(payload['event_id'])
    const error = judged === 'faulted' ? undefined : errorOf(judged, index)
    return {
      source: 'server',
      status: judged === 'faulted' ? judged : judged.refusal ? 'refused' : 'processed',
      pixel_id: pixelId,
      event_name: textOf(payload['event_name']) ?? '',
      ...(eventId !== undefined && { event_id: eventId }),
      ...(testEventCode !== undefined && { test_event_code: testEventCode }),
      ...(uploadTag !== undefined && { upload_tag: uploadTag }),
      ...(token !== undefined && { token }),
      payload: withoutToken(payload),
      ...(error && { error }),
    }
  })
}

/** Its own error, that of the call, or word of the event that took it down. */
function errorOf({ refusal, errors }: Verdict, index: number): EventError | undefined {
  const own = errors.get(index)
  if (own) return describe(own, own.rule)
  if (refusal === undefined) return undefined
  return describe(refusal, refusal.blamed === undefined ? refusal.rule : BATCH_REFUSED)
}

function describe({ rule, fault }: Refusal, { id, title, fix }: typeof BATCH_REFUSED): EventError {
  return {
    rule: id,
    code: rule.code,
    ...(rule.subcode !== undefined && { error_subcode: rule.subcode }),
    title,
    ...(fault.path !== undefined && { path: fault.path }),
    fix,
  }
}

/** A token or a Gateway's key misplaced into an event must not be stored with it. */
function withoutToken(payload: Fields): Fields {
  const misplaced = ['access_token', 'accessKey'].flatMap((key) => {
    const token = payload[key]
    return typeof token === 'string' ? [[key, maskToken(token)]] : []
  })
  return misplaced.length > 0 ? { ...payload, ...Object.fromEntries(misplaced) } : payload
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
