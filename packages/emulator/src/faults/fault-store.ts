import { EmulatorError } from '../emulator-error.ts'
import type { DatasetFilter } from '../store/dataset-filter.ts'
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
  /** Faults that are over stay, with their hits, until they are taken away. Of one dataset: those whose `match` names it. */
  list(filter?: DatasetFilter): readonly ActiveFault[]
  /** Adds one at the end. @throws EmulatorError `fault_invalid`; its message names what is wrong. */
  add(rule: FaultRule): ActiveFault
  /**
   * All or none: a list with a bad rule changes nothing. Of one dataset: its rules alone are replaced, and the new ones are
   * for it.
   */
  replaceAll(rules: readonly FaultRule[], filter?: DatasetFilter): readonly ActiveFault[]
  /** Takes one away. @returns whether it was there */
  remove(id: number): boolean
  /** Takes all away, or those of one dataset. */
  clear(filter?: DatasetFilter): void
  /** The fault of this call. The first rule that fits and whose chance comes up is counted. */
  take(target: FaultTarget): StruckFault | undefined
}

export function createFaultStore(random: () => number = Math.random): FaultStore {
  let faults: readonly ActiveFault[] = []
  let lastId = 0

  const activate = (rule: FaultRule): ActiveFault => ({ ...rule, id: ++lastId, hits: 0 })

  return {
    list: (filter = {}) => faults.filter((fault) => isOf(fault, filter)),
    add(rule) {
      const fault = activate(checkFaultRule(rule))
      faults = [...faults, fault]
      return fault
    },
    replaceAll(rules, filter = {}) {
      const added = rules.map((rule) => ruleFor(checkFaultRule(rule), filter)).map(activate)
      faults = [...faults.filter((fault) => !isOf(fault, filter)), ...added]
      return added
    },
    remove(id) {
      const before = faults.length
      faults = faults.filter((fault) => fault.id !== id)
      return faults.length < before
    },
    clear(filter = {}) {
      faults = faults.filter((fault) => !isOf(fault, filter))
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

function isOf({ match }: FaultRule, { pixel_id }: DatasetFilter): boolean {
  return pixel_id === undefined || match?.pixel_id === pixel_id
}

/** @throws EmulatorError `fault_invalid` for a rule of another dataset */
export function ruleFor(rule: FaultRule, { pixel_id }: DatasetFilter): FaultRule {
  if (pixel_id === undefined || rule.match?.pixel_id === pixel_id) return rule
  if (rule.match?.pixel_id !== undefined) {
    const message = 'fault.match.pixel_id is another dataset than the one asked for.'
    throw new EmulatorError('fault_invalid', message)
  }
  return { ...rule, match: { ...rule.match, pixel_id } }
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
