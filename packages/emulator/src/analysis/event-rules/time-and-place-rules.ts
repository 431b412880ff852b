import { readEventTime } from '../../rules/read-event-time.ts'
import { type EventRule, type EventView, pathIf, textOf } from '../event-rule.ts'

/** As seconds this is the year 5138; as milliseconds, 1973. */
const SURELY_MILLISECONDS = 1e11

/** Clocks differ; a minute is forgiven. The bound is ours: Meta gives none, read 2026-09. */
const FORGIVEN_SEC = 60

const isWebsite = ({ payload }: EventView) => payload['action_source'] === 'website'

const timeOf = ({ payload }: EventView) => readEventTime(payload['event_time']) ?? 0

/** When and where it happened. Source: Meta, Server Event Parameters, read 2026-09. */
export const TIME_AND_PLACE_RULES: readonly EventRule[] = [
  {
    rule: 'event_time_milliseconds',
    title: 'Event time in milliseconds',
    fix: 'Divide by 1000 and round down.',
    check: (event) => pathIf(timeOf(event) > SURELY_MILLISECONDS, 'event_time'),
  },
  {
    rule: 'event_time_future',
    // The clock of a browser is its owner's affair.
    source: 'server',
    title: 'Event time in the future',
    fix: 'Check the clock of the server and that the time is in UTC.',
    check: (event) => {
      const timeSec = timeOf(event)
      const isAhead = timeSec > event.nowMs / 1000 + FORGIVEN_SEC
      return pathIf(isAhead && timeSec <= SURELY_MILLISECONDS, 'event_time')
    },
  },
  {
    rule: 'event_time_text',
    source: 'server',
    title: 'Event time as text',
    fix: 'Send event_time as a whole number of Unix seconds.',
    check: (event) =>
      pathIf(typeof event.payload['event_time'] === 'string' && timeOf(event) > 0, 'event_time'),
  },
  {
    rule: 'user_agent_missing',
    source: 'server',
    title: 'Website event without a user agent',
    fix: 'Send the User-Agent header of the visitor as it is.',
    check: (event) =>
      pathIf(
        isWebsite(event) && textOf(event.userData['client_user_agent']) === undefined,
        'user_data.client_user_agent',
      ),
  },
  {
    // Country and state 0 ask Meta to find the place by the address. Source: Meta, Data Processing Options, read 2026-09.
    rule: 'limited_data_use_placeless',
    source: 'server',
    title: 'Limited Data Use without a place',
    fix: 'Send client_ip_address, or data_processing_options_country 1 and the number of the state.',
    check: ({ payload, userData }) => {
      const options = payload['data_processing_options']
      const isLimited = Array.isArray(options) && options.includes('LDU')
      const hasState = Number(payload['data_processing_options_state'] ?? 0) > 0
      const hasIp = textOf(userData['client_ip_address']) !== undefined
      return pathIf(isLimited && !hasState && !hasIp, 'data_processing_options')
    },
  },
  {
    rule: 'source_url_missing',
    source: 'server',
    title: 'Website event without its page',
    fix: 'Send the address of the page, with http:// or https://.',
    check: (event) =>
      pathIf(
        isWebsite(event) && !/^https?:\/\//i.test(textOf(event.payload['event_source_url']) ?? ''),
        'event_source_url',
      ),
  },
]
