import type { CallFault } from '../faults/fault-rule.ts'
import { eventsOf, type Verdict } from '../rules/judge.ts'
import { BATCH_REFUSED, type Call, type Fields } from '../rules/rule.ts'
import type { EventError, NewEvent } from '../store/captured-event.ts'
import { describeRefusal } from './describe-refusal.ts'
import { maskToken } from './mask-token.ts'

/** Turns a call into what the emulator keeps of it. @param judged the verdict, or the fault that came before one */
export function captureCall(
  pixelId: string,
  call: Call,
  judged: Verdict | CallFault,
): readonly NewEvent[] {
  const testEventCode = textOf(call.body?.['test_event_code'])
  const uploadTag = textOf(call.body?.['upload_tag'])
  const token = call.token === undefined ? undefined : maskToken(call.token)
  return eventsOf(call).map((payload, index) => {
    const eventId = textOf(payload['event_id'])
    const error = isFault(judged) ? undefined : errorOf(judged, index)
    return {
      source: 'server',
      status: isFault(judged) ? 'faulted' : judged.refusal ? 'refused' : 'processed',
      pixel_id: pixelId,
      event_name: textOf(payload['event_name']) ?? '',
      ...(eventId !== undefined && { event_id: eventId }),
      ...(testEventCode !== undefined && { test_event_code: testEventCode }),
      ...(uploadTag !== undefined && { upload_tag: uploadTag }),
      ...(token !== undefined && { token }),
      payload: withoutToken(payload),
      ...(error && { error }),
      ...(isFault(judged) && { fault: judged }),
    }
  })
}

/** Its own error, that of the call, or word of the event that took it down. */
function errorOf({ refusal, errors }: Verdict, index: number): EventError | undefined {
  const own = errors.get(index)
  if (own) return describeRefusal(own)
  if (refusal === undefined) return undefined
  return describeRefusal(refusal, refusal.blamed === undefined ? refusal.rule : BATCH_REFUSED)
}

function isFault(judged: Verdict | CallFault): judged is CallFault {
  return 'type' in judged
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
