import type { CapturedEvent } from '../../store/captured-event.ts'
import { estimateMatchQuality, isUsable } from '../estimate.ts'
import { isLocalPage } from '../local-page.ts'
import {
  HIGH_KEYS,
  type MatchKey,
  MEDIUM_KEYS,
  RECOMMENDED_SCORE,
  WHERE_USED,
} from '../match-quality.ts'
import { type ReportRule, type ReportView, shownName } from '../report-rule.ts'

/** Events at which a visitor says who they are. Source: Meta Pixel > Standard events, read 2026-09. */
const NAMED_AT: ReadonlySet<string> = new Set([
  'AddPaymentInfo',
  'CompleteRegistration',
  'Donate',
  'Lead',
  'Purchase',
  'Schedule',
  'StartTrial',
  'SubmitApplication',
  'Subscribe',
])

/** Keys that are unknown until a visitor identifies themselves or comes from an ad. */
const NAMING_KEYS: readonly MatchKey[] = [
  'em',
  'ph',
  'fn',
  'ln',
  'db',
  'fb_login_id',
  'lead_id',
  'ctwa_clid',
  'madid',
]

/** What the request of any visitor brings. */
const BROWSER_KEYS: readonly MatchKey[] = ['fbp', 'client_ip_address', 'client_user_agent']

/** How well people can be matched. Meta scores events of websites only. Source: Meta, Verifying Your Setup, read 2026-09. */
export const QUALITY_RULES: readonly ReportRule[] = [
  {
    rule: 'match_quality_low',
    check: (view) =>
      weakGroups(view, isNamed).map(({ event_name, events, shares }) => {
        const present = keysWithin(shares, 50)
        const isUsed = (key: MatchKey) =>
          !WHERE_USED.has(key) || shares.keys.some((share) => share.key === key)
        const missing = [...HIGH_KEYS, ...MEDIUM_KEYS].filter(
          (key) => !present.has(key) && isUsed(key),
        )
        return {
          about: shownName(event_name),
          affected: events,
          total: events.length,
          paths: missing.map((key) => `user_data.${key}`),
          description: describe(event_name, shares.score),
          solution: `Send more customer information; best first: ${missing.join(', ')}.`,
        }
      }),
  },
  {
    rule: 'match_quality_anonymous',
    check: (view) =>
      weakGroups(view, (event) => !isNamed(event)).map(({ event_name, events, shares }) => {
        const present = keysWithin(shares, 50)
        const isLocal = events.every(isOnLocalPage)
        const missing = BROWSER_KEYS.filter(
          (key) => !present.has(key) && !(isLocal && key === 'client_ip_address'),
        )
        return {
          about: shownName(event_name),
          affected: events,
          total: events.length,
          paths: missing.map((key) => `user_data.${key}`),
          description: `${describe(event_name, shares.score)} Normal for anonymous visitors${isLocal ? ' on your own machine, whose address is private' : ''}.`,
          solution:
            missing.length === 0
              ? 'Nothing to fix: these visitors have not said who they are yet.'
              : `Send what the request of any visitor has: ${missing.join(', ')}.`,
        }
      }),
  },
]

/** The website events of each name whose estimate is too low. */
function weakGroups({ groups }: ReportView, isOfKind: (event: CapturedEvent) => boolean) {
  return groups.flatMap(({ event_name, server }) => {
    const web = server.filter(({ payload }) => payload['action_source'] === 'website')
    const events = web.filter(isOfKind)
    if (events.length === 0 || !isWeak(web) || !isWeak(events)) return []
    return [{ event_name, events, shares: estimateMatchQuality(events) }]
  })
}

/** Without the client address, which a local machine does not have. */
function isWeak(events: readonly CapturedEvent[]): boolean {
  const { score } = estimateMatchQuality(
    events,
    (event, key) => key === 'client_ip_address' && isOnLocalPage(event),
  )
  return score < RECOMMENDED_SCORE
}

function isNamed(event: CapturedEvent): boolean {
  return NAMED_AT.has(event.event_name) || NAMING_KEYS.some((key) => isUsable(event, key))
}

function isOnLocalPage({ payload }: CapturedEvent): boolean {
  return isLocalPage(payload['event_source_url'])
}

function keysWithin(
  { keys }: ReturnType<typeof estimateMatchQuality>,
  percent: number,
): ReadonlySet<string> {
  return new Set(keys.filter(({ coverage }) => coverage >= percent).map(({ key }) => key))
}

function describe(eventName: string, score: number): string {
  return `The match-quality estimate of ${shownName(eventName)} is ${score.toFixed(1)}, below ${RECOMMENDED_SCORE.toFixed(1)}. It is an estimate, not Meta’s number.`
}
