import { dropped, error, warning } from './issue-rule.ts'

/** Issues of the event itself: its name, id, time and page. */
export const EVENT_ISSUES = {
  event_not_object: error(
    'The event is not an object.',
    'Pass one event object, or use track(name, customData, event).',
    '100',
  ),
  unreadable_input: error(
    'The event cannot be read or written as JSON.',
    'Pass plain data: no cycles, no BigInt, no getters that throw.',
  ),
  event_too_large: error(
    'The event is larger than maxEventBytes (256 KiB unless you set it).',
    'Send what Meta reads: shorten texts and lists in custom_data, or raise maxEventBytes.',
  ),
  event_name_missing: error(
    'event_name is missing or blank.',
    'Give a standard event name such as Purchase, or your own.',
    '100/2804019',
  ),
  event_name_case: warning(
    'event_name differs from a standard event only in capital letters: Meta takes it for one of your own.',
    'Write standard events as Meta does: Purchase, AddToCart, PageView.',
  ),
  event_name_resembles: warning(
    'event_name is a letter or two away from a standard event: Meta takes it for your own.',
    'Write standard events as Meta does, or ignore this for a name that is meant.',
  ),
  event_id_missing: warning(
    'event_id is blank or stands for nothing; a random id was sent.',
    'Give each event an id of its own: equal ones count as one event.',
  ),
  event_id_invalid: warning(
    'event_id is no text, whole number or BigInt; a random id was sent.',
    'Pass text, the same on server and browser.',
  ),
  number_lost_digits: warning(
    'The number has lost its last digits, beyond 2^53 or to an exponent (4.9E+12); it was not sent.',
    'Pass ids as text, from where they are read.',
  ),
  event_time_invalid: error(
    'event_time cannot be read as a time.',
    'Pass Unix seconds, a Date or ISO 8601 text, or leave it out for now.',
    '100/2804003',
  ),
  event_time_milliseconds: error(
    'event_time is in milliseconds.',
    'Divide by 1000, or pass a Date.',
  ),
  event_time_ahead: warning(
    'event_time is up to five minutes ahead; the event was sent as of now.',
    "Set the machine's clock by NTP.",
  ),
  event_time_future: error(
    'event_time lies in the future.',
    "Check the machine's clock and time zone handling.",
  ),
  time_without_zone: warning(
    'The time names no zone; it was read as UTC.',
    'Write Z or an offset behind it, or pass a Date.',
  ),
  event_time_too_old: error(
    'event_time is older than Meta accepts: 7 days, 62 for physical_store.',
    'Send events within an hour of their happening.',
    '100/2804003',
  ),
  pixel_id_missing: error(
    'No pixel is named for the event.',
    'Name it in the scope, capi.with({ pixelId }), or as option pixelId.',
  ),
  pixel_id_invalid: error(
    'The pixelId of the event is no dataset id.',
    'Pass 5 to 20 digits as text.',
  ),
  consent_missing: error(
    'The person has not allowed the event.',
    "Send it once the consent is 'granted' or 'ldu'.",
  ),
  action_source_missing: error(
    'action_source is missing or not one of the values Meta knows.',
    "Say where it happened: 'website', 'app', 'physical_store', 'email', 'phone_call', 'chat', 'business_messaging', 'system_generated' or 'other'.",
    '100/2804019',
  ),
  event_source_url_missing: warning(
    'A website event has no event_source_url.',
    'Pass the address of the page, or track through the request.',
  ),
  user_agent_missing: warning(
    "A website event has no client_user_agent, which Meta's documents require.",
    "Pass the visitor's User-Agent header, or track through the request.",
  ),
  url_invalid: dropped(
    'The text is no address on the web',
    'Pass the whole address of the page, from https:// on.',
  ),
  personal_data_in_url: warning(
    'The address held personal data, which was cut out.',
    'Keep e-mail addresses, names and numbers of people out of addresses.',
  ),
}
