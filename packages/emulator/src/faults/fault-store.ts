import { checkFaultRule } from './check-fault-rule.ts'
import { FAULT_PRESETS } from './fault-presets.ts'
import type { ActiveFault, CallFault, FaultAction, FaultRule } from './fault-rule.ts'

/** What a fault is matched against. */
export interface FaultTarget {
  /** The dataset of the call. */
  readonly pixel_id: string
  /** The names of the call's events. */
  readonly event_names: readonly string[]
}

/** A fault that strikes, and its name for the record. */
export interface StruckFault {
  readonly action: FaultAction
  readonly fault: CallFault
}

/**
 * The faults asked for, in order. The control routes mount this: `GET` is `list`, `PUT` is
 * `replaceAll` with the list of the body, `DELETE` is `clear`. Both ways in take unchecked values
 * and throw an EmulatorError (`fault_invalid`) whose text may be shown to the caller.
 */
export interface FaultStore {
  /** Faults that are over stay, with their hits, until they are taken away. */
  list(): readonly ActiveFault[]
  /** Adds one at the end. @throws EmulatorError `fault_invalid`; its message names what is wrong. */
  add(rule: FaultRule): ActiveFault
  /** All or none: a list with a bad rule changes nothing. */
  replaceAll(rules: readonly FaultRule[]): readonly ActiveFault[]
  /** Takes one away; does nothing when it is gone. */
  remove(id: number): void
  /** Takes all away. */
  clear(): void
  /** The fault of this call. The first rule that fits and whose chance comes up is counted. */
  take(target: FaultTarget): StruckFault | undefined
}

export function createFaultStore(random: () => number = Math.random): FaultStore {
  let faults: readonly ActiveFault[] = []
  let lastId = 0

  const activate = (rule: FaultRule): ActiveFault => ({ ...rule, id: ++lastId, hits: 0 })

  return {
    list: () => faults,
    add(rule) {
      const fault = activate(checkFaultRule(rule))
      faults = [...faults, fault]
      return fault
    },
    replaceAll(rules) {
      const checked = rules.map(checkFaultRule)
      faults = checked.map(activate)
      return faults
    },
    remove(id) {
      faults = faults.filter((fault) => fault.id !== id)
    },
    clear() {
      faults = []
    },
    take(target) {
      // The chance is last: a call that a rule does not fit draws no number.
      const hit = faults.find(
        (fault) => isLeft(fault) && fits(fault, target) && isDue(fault, random),
      )
      if (hit === undefined) return undefined
      faults = faults.map((fault) => (fault === hit ? { ...hit, hits: hit.hits + 1 } : fault))
      const action = actionOf(hit)
      if (action === undefined) return undefined
      const { id, preset } = hit
      return { action, fault: { id, type: action.type, ...(preset !== undefined && { preset }) } }
    },
  }
}

function isLeft({ hits, times = Number.POSITIVE_INFINITY }: ActiveFault): boolean {
  return hits < times
}

function fits({ match = {} }: FaultRule, { pixel_id, event_names }: FaultTarget): boolean {
  if (match.pixel_id !== undefined && match.pixel_id !== pixel_id) return false
  return match.event_name === undefined || event_names.includes(match.event_name)
}

function isDue({ probability, preset }: FaultRule, random: () => number): boolean {
  const chance = probability ?? (preset && FAULT_PRESETS[preset].probability) ?? 1
  return chance >= 1 || random() < chance
}

function actionOf({ action, preset }: FaultRule): FaultAction | undefined {
  return action ?? (preset && FAULT_PRESETS[preset].action)
}
