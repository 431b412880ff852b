import { isNear, plainName } from '../field/slips.ts'
import { type Issue, issue, keyPath } from '../issue/issue.ts'
import { homeOf, type Place } from './key-homes.ts'

const CONSENT = 'consent'

/** An unknown key of a closed object; if it belongs elsewhere, the fix names the place. */
export function unexpectedKey(place: Place, key: string): Issue {
  const path = keyPath(place === 'event' ? '' : place, key)
  const home = homeOf(key, place)
  if (place === 'event') {
    const name = plainName(key)
    // Removed as any other, it would be a yes.
    if (name === CONSENT || (home === undefined && name !== 'content' && isNear(name, CONSENT, 1)))
      return issue('consent_missing', path, 'Write the key as consent.')
    // The event would go to another dataset; what buildEvent makes is Meta's, and cannot hold it.
    if (key === 'pixelId')
      return issue('misplaced_key', path, 'Pass it in the scope, capi.with({ pixelId }).')
    if (name === 'pixelid') return issue('pixel_id_invalid', path, 'Write the key as pixelId.')
  }
  return home === undefined
    ? issue('unknown_key', path)
    : issue('misplaced_key', path, `Pass it as ${home}.`)
}
