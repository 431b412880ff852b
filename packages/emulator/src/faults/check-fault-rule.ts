import { EmulatorError } from '../emulator-error.ts'
import { type FieldCheck, oneOf, text, truth, whole, wholeAboveZero } from '../field-check.ts'
import { unknownKey } from '../known-options.ts'
import { type Fields, isFields } from '../rules/rule.ts'
import { FAULT_PRESETS } from './fault-presets.ts'
import type { FaultAction, FaultRule } from './fault-rule.ts'

interface Field extends FieldCheck {
  readonly isOptional?: boolean
}

type Shape = Readonly<Record<string, Field>>

const status: Field = {
  fits: (value) => whole.fits(value) && Number(value) >= 400 && Number(value) <= 599,
  expected: 'a status from 400 to 599',
}
/** A captive portal says 200; 204, 205 and 304 cannot carry a page. */
const pageStatus: Field = {
  fits: (value) => status.fits(value) || [200, 202, 203].includes(Number(value)),
  expected: '200, 202, 203 or a status from 400 to 599',
}
const headerFields: Field = {
  fits: (value) => isFields(value) && isHeaders(value),
  expected: 'an object of header names and texts',
}

function optional(field: Field): Field {
  return { ...field, isOptional: true }
}

const RULE: Shape = {
  match: optional({ fits: isFields, expected: 'an object' }),
  action: optional({ fits: isFields, expected: 'an object' }),
  preset: optional(oneOf(Object.keys(FAULT_PRESETS))),
  probability: optional({
    fits: (value) => typeof value === 'number' && value >= 0 && value <= 1,
    expected: 'a number from 0 to 1',
  }),
  times: optional(wholeAboveZero),
}

const MATCH: Shape = { pixel_id: optional(text), event_name: optional(text) }

const ACTIONS: { readonly [Type in FaultAction['type']]: Shape } = {
  error: {
    status,
    code: optional(whole),
    error_subcode: optional(whole),
    is_transient: optional(truth),
    headers: optional(headerFields),
  },
  html: { status: pageStatus },
  latency: { ms: whole, spread: optional(whole) },
  timeout: {},
  reset: {},
  process_then_cut: {},
  slow_loris: { everyMs: optional(whole) },
  malformed: {},
  headers: { headers: headerFields },
  received: { events_received: whole },
}

const TYPE = oneOf(Object.keys(ACTIONS))

/**
 * Takes what was typed or sent for a rule, and says in full what is wrong with it. An error names
 * keys, never values.
 * @throws EmulatorError `fault_invalid`
 */
export function checkFaultRule(value: unknown): FaultRule {
  if (!isFields(value)) throw invalid('A fault must be an object.')
  check(value, RULE, 'fault')
  if (isFields(value['match'])) check(value['match'], MATCH, 'fault.match')
  const action = value['action']
  if ((action === undefined) === (value['preset'] === undefined)) {
    throw invalid('A fault needs either an action or a preset.')
  }
  if (isFields(action)) {
    checkField(action['type'], TYPE, 'fault.action.type')
    const type = Object.keys(ACTIONS).find((name) => name === action['type'])
    const shape = type === undefined ? {} : ACTIONS[type as FaultAction['type']]
    check(action, { type: TYPE, ...shape }, 'fault.action')
  }
  return value
}

function check(value: Fields, shape: Shape, path: string): void {
  const stranger = Object.keys(value).find((key) => !Object.hasOwn(shape, key))
  if (stranger !== undefined) {
    throw invalid(unknownKey(stranger, Object.keys(shape), path).message)
  }
  for (const [key, field] of Object.entries(shape)) checkField(value[key], field, `${path}.${key}`)
}

function checkField(value: unknown, field: Field, path: string): void {
  if (value === undefined && field.isOptional === true) return
  if (!field.fits(value)) throw invalid(`${path} must be ${field.expected}.`)
}

function invalid(message: string): EmulatorError {
  return new EmulatorError('fault_invalid', message)
}

function isHeaders(value: Fields): boolean {
  try {
    const headers = new Headers(
      Object.entries(value).map(([name, one]): [string, string] => [name, String(one)]),
    )
    return [...headers].length > 0
  } catch {
    return false // A name or a value that cannot stand in a header.
  }
}
