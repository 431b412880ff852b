import { type Call, type Fault, type Fields, isFields, type Rule } from './rule.ts'
import { CALL_RULES, EVENT_RULES } from './rules.ts'

/** Why a call is refused. `blamed` is absent when no single event is to blame. */
export interface Refusal {
  readonly rule: Rule
  readonly fault: Fault
  readonly blamed?: number
}

/** The first failure of a call, or nothing when every rule is kept. */
export function judge(call: Call, nowMs: number): Refusal | undefined {
  for (const rule of CALL_RULES) {
    const fault = rule.check(call)
    if (fault) return { rule, fault }
  }
  for (const [index, event] of eventsOf(call).entries()) {
    for (const rule of EVENT_RULES) {
      const fault = rule.check(event, { nowMs, index })
      if (fault) return { rule, fault, blamed: index }
    }
  }
  return undefined
}

/** The events of a call that can be shown: those that are objects. */
export function eventsOf(call: Call): readonly Fields[] {
  const data = call.body?.['data']
  return Array.isArray(data) ? data.filter(isFields) : []
}
