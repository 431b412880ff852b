import { type Issue, issue } from '../issue/issue.ts'

/** The objects of an event that have keys of their own. */
export type Place = 'event' | 'user_data' | 'custom_data' | 'app_data'

/**
 * Where a key belongs that stands in the wrong place: `user_data.em`. Undefined: nowhere else. Handed to the objects
 * whose keys are checked: they do not know each other's.
 */
export type HomeOf = (key: string, place: Place) => string | undefined

/** A key that its closed object does not have; if it belongs elsewhere, the fix names the place. */
export function unexpectedKey(path: string, home: string | undefined): Issue {
  return home === undefined
    ? issue('unknown_key', path)
    : issue('misplaced_key', path, `Pass it as ${home}.`)
}
