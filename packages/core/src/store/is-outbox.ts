import type { Fields } from '../field/fields.ts'
import type { Outbox } from './outbox-port.ts'

const OUTBOX_METHODS = [
  'put',
  'lease',
  'settle',
  'renew',
  'recover',
  'dueLanes',
  'takeExpired',
  'readDead',
  'removeDead',
  'removeMatching',
  'counts',
  'close',
] as const satisfies readonly (keyof Outbox)[]

/** A path, a class that was not made, or the promise of an outbox would drop every event. */
export function isOutbox(given: unknown): boolean {
  const fields = typeof given === 'object' && given !== null ? (given as Fields) : {}
  return OUTBOX_METHODS.every((method) => typeof fields[method] === 'function')
}
