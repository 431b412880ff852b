import { strictCheck } from '../analysis/strict-check.ts'
import type { CallDraft } from '../calls/call-draft.ts'
import { distort, isRefusing, refuse } from '../faults/apply-fault.ts'
import { eventsOf, judge, type Verdict } from '../rules/judge.ts'
import type { Call, Fault, Rule } from '../rules/rule.ts'
import type { EventIssue } from '../store/captured-event.ts'
import { captureCall } from './capture-call.ts'
import { checkProof } from './check-proof.ts'
import { describeRefusal } from './describe-refusal.ts'
import type { GraphContext } from './graph-context.ts'
import { graphError } from './graph-error.ts'

/** One call on its way to an answer. */
interface Arrival {
  readonly pixelId: string
  readonly request: Request
  readonly draft: CallDraft
}

/**
 * One call from its reading to its answer: a fault comes first, then the judgement, then the store,
 * then a fault again, of the kind that strikes on the way back.
 * @param answer the usual answer to the verdict, and to what was found about the events
 */
export async function takeCall(
  { store, clock, faults, mode, random, appSecret }: GraphContext,
  call: Call,
  { pixelId, request, draft }: Arrival,
  answer: (verdict: Verdict, issues: readonly EventIssue[]) => Response,
): Promise<Response> {
  draft.pixelId = pixelId
  const struck = faults.take({ pixel_id: pixelId, event_names: namesOf(call) })
  if (struck) draft.fault = struck.fault
  if (struck && isRefusing(struck.action)) {
    draft.outcome = 'faulted'
    draft.events = store.add(captureCall(pixelId, call, struck.fault), draft.id, draft.bytes)
    return refuse(struck.action)
  }
  const unproved = appSecret === undefined ? undefined : checkProof(call, appSecret)
  const verdict: Verdict = unproved
    ? { refusal: unproved, errors: new Map() }
    : judge(call, { nowMs: clock.now(), mode, strictCheck })
  draft.events = store.add(captureCall(pixelId, call, verdict), draft.id, draft.bytes)
  draft.outcome = verdict.refusal ? 'refused' : 'taken'
  const found = verdict.refusal ?? verdict.errors.values().next().value
  if (found) draft.error = describeRefusal(found)
  const usual = answer(
    verdict,
    draft.events.flatMap(({ issues = [] }) => issues),
  )
  if (struck === undefined || isRefusing(struck.action)) return usual
  draft.answer ??= await usual.clone().text()
  return distort(struck.action, usual, { request, random })
}

/** Keeps and refuses a call that was sent to the wrong door, whatever its events are. */
export function refuseCall(
  { store }: GraphContext,
  call: Call,
  { pixelId, draft }: Omit<Arrival, 'request'>,
  refusal: { readonly rule: Rule; readonly fault: Fault },
): Response {
  draft.pixelId = pixelId
  draft.outcome = 'refused'
  draft.error = describeRefusal(refusal)
  draft.events = store.add(
    captureCall(pixelId, call, { refusal, errors: new Map() }),
    draft.id,
    draft.bytes,
  )
  return graphError(refusal.rule, refusal.fault)
}

function namesOf(call: Call): readonly string[] {
  return eventsOf(call).flatMap(({ event_name }) =>
    typeof event_name === 'string' ? [event_name] : [],
  )
}
