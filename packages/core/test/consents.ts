import { scriptedFetch } from '@capi/testing'
import { createCapi } from '../src/index.ts'
import { lead } from './event/samples.ts'

export const ALLOWED = ['granted', 'Granted', ' GRANTED ', true, 1, '1', 'true', 'yes', 'on']
export const REFUSED = ['denied', 'DENIED', false, 0, '0', 'false', 'no', 'off']
export const NONE = [
  'grant',
  'maybe',
  '',
  2,
  {},
  [],
  ['granted'],
  'null',
  Number.NaN,
  Promise.resolve('granted'),
]

/** A key that is there and says no yes. */
export const NO_YES = [...REFUSED, ...NONE, undefined, null]
export const ANNA = { em: 'anna@example.com', client_user_agent: 'UA/1' }

export function world() {
  const network = scriptedFetch()
  const client = createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    fetch: network.fetch,
    onIssue() {},
  })
  const sent = async () => {
    await client.flush()
    return network.requests.flatMap(({ body }) => body.data)
  }
  return { client, sent }
}
const { event_name: _, ...fields } = { ...lead, action_source: 'website' as const }

export { fields }
