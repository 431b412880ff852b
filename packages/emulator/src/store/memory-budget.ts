import { getHeapStatistics } from 'node:v8'
import { EmulatorError } from '../emulator-error.ts'

/**
 * What one event of a shop takes with its call and what it is looked up by: 4 to 5 kB, measured with 10,000 and with 200,000
 * of them on Node.js 26, 2026-11.
 */
const BYTES_OF_EVENT = 6_000

/** The rest is for calls that are being answered and for reports. */
const SHARE = 0.6

/** What the events and calls may take of the memory of this process. */
export interface MemoryBudget {
  readonly bytes: number
  /** How many events of the usual size fit. */
  readonly events: number
}

export function memoryBudget(limit: number = getHeapStatistics().heap_size_limit): MemoryBudget {
  const bytes = Math.floor(limit * SHARE)
  return { bytes, events: Math.floor(bytes / BYTES_OF_EVENT) }
}

/** @throws EmulatorError `option_invalid` where so many events could not be kept */
export function checkFits(max: number, { bytes, events }: MemoryBudget = memoryBudget()): void {
  if (max <= events) return
  const message =
    `Option max (--max) is ${max}, and this process has memory for ${events} events (${megabytes(bytes)} MB). ` +
    'Ask for fewer, or give Node.js more: NODE_OPTIONS=--max-old-space-size=8192.'
  throw new EmulatorError('option_invalid', message)
}

export function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024)
}

/** How many events beside `size` of the usual size an event of so many bytes stands for. Parsed JSON takes three times its text. */
export function extraBytes(textBytes: number): number {
  return Math.max(0, 3 * textBytes - BYTES_OF_EVENT)
}

/** What is kept, by the usual size and what single events have beyond it. */
export function keptBytes(size: number, extra: number): number {
  return size * BYTES_OF_EVENT + extra
}
