import { type Fields, isFields } from '../rules/rule.ts'
import type { EventSource } from '../store/captured-event.ts'
import type { DiagnosticId } from './diagnostic-catalog.ts'

/** One event as the rules see it; every part may be empty. */
export interface EventView {
  readonly source: EventSource
  readonly nowMs: number
  readonly payload: Fields
  readonly userData: Fields
  readonly customData: Fields
}

/** One way to a finding. Several rules may share a diagnostic. */
export interface EventRule {
  readonly rule: DiagnosticId
  readonly title: string
  readonly fix: string
  /** Absent: both. */
  readonly source?: EventSource
  /** Places where it is so, for example `user_data.fbc`; none when all is well. Never a value. */
  readonly check: (event: EventView) => readonly string[]
}

export function viewOf(payload: Fields, source: EventSource, nowMs: number): EventView {
  return {
    source,
    nowMs,
    payload,
    userData: fieldsOf(payload['user_data']),
    customData: fieldsOf(payload['custom_data']),
  }
}

export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {}
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

/** Text with something in it. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The path when something is found there. */
export function pathIf(isFound: boolean, path: string): readonly string[] {
  return isFound ? [path] : []
}

/** A key as it may be shown. One that looks like anything but a name could itself be a person's. */
export function safeKey(key: string): string {
  return /^\w{1,60}$/.test(key) && !/^\d+$/.test(key) ? key : '…'
}
