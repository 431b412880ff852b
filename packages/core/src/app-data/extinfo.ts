import { type Check, drop } from '../field/checks.ts'
import { hasLostDigits } from '../field/clean.ts'
import type { ExtinfoInput } from './app-data.ts'

/** Names of the slots, in Meta's order. Source: Meta, App Data Parameters, read 2026-09. */
const SLOTS = [
  'version',
  'package_name',
  'short_version',
  'long_version',
  'os_version',
  'device_model',
  'locale',
  'timezone_abbreviation',
  'carrier',
  'screen_width',
  'screen_height',
  'screen_density',
  'cpu_cores',
  'storage_size',
  'free_storage',
  'timezone',
] as const satisfies readonly (keyof ExtinfoInput)[]

const OS_VERSION = SLOTS.indexOf('os_version')

/** All 16 slots as text: Meta's documents disagree on the type of numbers, and text is taken. */
export const extinfo: Check = (value, parent, key, issues) => {
  if (typeof value !== 'object' || value === null)
    return drop('extinfo_invalid', parent, key, issues)
  const given = value as Readonly<Record<string, unknown>>
  const slots = Array.isArray(value)
    ? SLOTS.map((_, index) => slotText(value[index]))
    : SLOTS.map((name) => slotText(given[name]))
  const isComplete = /^[ai]2$/.test(slots[0] ?? '') && slots[OS_VERSION] !== ''
  return isComplete ? slots : drop('extinfo_invalid', parent, key, issues)
}

function slotText(value: unknown): string {
  if (typeof value === 'string') return value.trim().toWellFormed()
  const isNumber = typeof value === 'number' && Number.isFinite(value) && !hasLostDigits(value)
  return isNumber || typeof value === 'bigint' ? String(value) : ''
}
