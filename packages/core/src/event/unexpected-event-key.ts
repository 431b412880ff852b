import { isNear, plainName } from '../field/slips.ts'
import { unexpectedKey } from '../field/unexpected-key.ts'
import { type Issue, issue, keyPath } from '../issue/issue.ts'
import { homeOf } from './key-homes.ts'

const CONSENT = 'consent'

/** A key of an event that is none. One that could mean `consent` costs the event: ignored, it would be a yes. */
export function unexpectedEventKey(key: string): Issue {
  const path = keyPath('', key)
  const name = plainName(key)
  const home = homeOf(key, 'event')
  if (name === CONSENT || (home === undefined && name !== 'content' && isNear(name, CONSENT, 1)))
    return issue('consent_missing', path, 'Write the key as consent.')
  // The event would go to another dataset; what buildEvent makes is Meta's, and cannot hold it.
  if (key === 'pixelId')
    return issue('misplaced_key', path, 'Pass it in the scope, capi.with({ pixelId }).')
  if (name === 'pixelid') return issue('pixel_id_invalid', path, 'Write the key as pixelId.')
  return unexpectedKey(path, home)
}
