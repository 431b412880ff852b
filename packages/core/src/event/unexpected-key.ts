import { type Issue, issue, keyPath } from '../issue.ts'
import { plainName } from '../slips.ts'
import { homeOf, type Place } from './key-homes.ts'

/** An unknown key of a closed object; if it belongs elsewhere, the fix names the place. */
export function unexpectedKey(place: Place, key: string): Issue {
  const path = keyPath(place === 'event' ? '' : place, key)
  // Removed as any other, it would be a yes.
  if (place === 'event' && plainName(key) === 'consent')
    return issue('consent_missing', path, 'Write the key as consent.')
  const home = homeOf(key, place)
  return home === undefined
    ? issue('unknown_key', path)
    : issue('misplaced_key', path, `Pass it as ${home}.`)
}
