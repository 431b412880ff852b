import { attempt } from '../runtime/attempt.ts'
import type { TrackOptions } from './track-arguments.ts'

/** What is no part of an event, where `track` takes it beside one. */
export const NO_TRACK_OPTIONS = { transaction: undefined, fromPage: undefined } as const

/** A getter of the caller's that throws is as absent. */
export function trackOptions(given: TrackOptions | undefined): TrackOptions {
  const transaction = attempt(() => given?.transaction)
  return { transaction, fromPage: attempt(() => given?.fromPage) === true }
}
