import type { Cause } from '../issue/cause.ts'
import { adviceFor } from '../transport/advice.ts'
import type { DeliveryOptions } from './delivery-options.ts'
import type { PixelState } from './pixel-state.ts'

type Closed = Exclude<PixelState, 'open'>

const KEPT = 'Events stay queued until Meta no longer accepts them (7 days)'

const PAUSED = `Delivery is paused. ${KEPT}; every few minutes one request tries again.`

const NO_TOKEN = 'the accessToken function returned no token that can be sent.'
const CHECK_FUNCTION = 'Check that function.'

/** What to do about a refusal that has no advice of its own. */
const CHECK = 'Check the access token, its permissions, the dataset ID and what the events hold.'

/** The usual mistakes: the emulator does not run, or the address is the application's own. */
const CHECK_ADDRESS =
  'Events go to this address because of baseUrl (CAPI_BASE_URL) or gateway: check that the emulator, proxy or gateway runs there.'

/** For the log: what happened, what it means for the events, what to do; the codes last. */
export function laneNews(
  state: Closed,
  cause: Cause,
  { baseUrl, gateway }: Pick<DeliveryOptions, 'baseUrl' | 'gateway'>,
): string {
  const origin = new URL(gateway?.url ?? baseUrl).origin
  return `${TEXTS[state](cause, origin)} (${codesOf(cause)})`
}

/** The trouble is the application's own function. */
export const TOKEN_KIND = 'access_token'

/** Which of the lane's troubles it is: another one is worth another line. */
export function kindOfNews(state: PixelState, cause: Cause | undefined): string {
  if (cause?.code.startsWith('access_token_')) return TOKEN_KIND
  return `${state} ${(cause && adviceFor(cause.code)?.what) ?? ''}`
}

/** `meta_190_463, fbtrace_id A1b2`. */
export function codesOf({ code, fbtrace_id }: Cause): string {
  return fbtrace_id === undefined ? code : `${code}, fbtrace_id ${fbtrace_id}`
}

const TEXTS: Readonly<Record<Closed, (cause: Cause, origin: string) => string>> = {
  retrying({ code, status }, origin) {
    if (code.startsWith('access_token_'))
      return `${NO_TOKEN} ${KEPT}; the function is called again. ${CHECK_FUNCTION}`
    const isMeta = origin.endsWith('.facebook.com') || code.startsWith('meta_')
    const what =
      status === undefined
        ? `no answer from ${origin}`
        : `${isMeta ? 'Meta' : origin} could not take the events`
    return `${what}. ${KEPT}; they are sent again.${isMeta ? '' : ` ${CHECK_ADDRESS}`}`
  },
  throttled: () =>
    `Meta limits the number of requests. Delivery waits for as long as Meta asks. ${KEPT}.`,
  paused({ code }) {
    if (code.startsWith('access_token_')) return `${NO_TOKEN} ${PAUSED} ${CHECK_FUNCTION}`
    const advice = adviceFor(code)
    if (advice === undefined)
      return `Meta refused the request, whatever events were in it. ${PAUSED} ${CHECK}`
    return `Meta refused the request: ${advice.what}. ${PAUSED} ${advice.todo}`
  },
}
