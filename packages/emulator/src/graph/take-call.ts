import { strictCheck } from '../analysis/strict-check.ts'
import { distort, isRefusing, refuse } from '../faults/apply-fault.ts'
import { eventsOf, judge, type Verdict } from '../rules/judge.ts'
import type { Call, Fault, Rule } from '../rules/rule.ts'
import type { EventIssue } from '../store/captured-event.ts'
import { captureCall } from './capture-call.ts'
import type { GraphContext } from './graph-context.ts'
import { graphError } from './graph-error.ts'

/**
 * One call from its reading to its answer: a fault comes first, then the judgement, then the store,
 * then a fault again, of the kind that strikes on the way back.
 * @param answer the usual answer to the verdict, and to what was found about the events
 */
export async function takeCall(
  { store, clock, faults, mode, random }: GraphContext,
  call: Call,
  { pixelId, request }: { readonly pixelId: string; readonly request: Request },
  answer: (verdict: Verdict, issues: readonly EventIssue[]) => Response,
): Promise<Response> {
  const fault = faults.take({ pixel_id: pixelId, event_names: namesOf(call) })
  if (fault && isRefusing(fault)) {
    store.add(captureCall(pixelId, call, 'faulted'))
    return refuse(fault)
  }
  const verdict = judge(call, { nowMs: clock.now(), mode, strictCheck })
  const issues = store.add(captureCall(pixelId, call, verdict))
  const usual = answer(verdict, issues)
  return fault ? distort(fault, usual, { request, random }) : usual
}

/** Keeps and refuses a call that was sent to the wrong door, whatever its events are. */
export function refuseCall(
  { store }: GraphContext,
  call: Call,
  pixelId: string,
  refusal: { readonly rule: Rule; readonly fault: Fault },
): Response {
  store.add(captureCall(pixelId, call, { refusal, errors: new Map() }))
  return graphError(refusal.rule, refusal.fault)
}

function namesOf(call: Call): readonly string[] {
  return eventsOf(call).flatMap(({ event_name }) =>
    typeof event_name === 'string' ? [event_name] : [],
  )
}
