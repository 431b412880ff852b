/** Why an event was not taken; the page never learns it. */
export type Refusal =
  | 'origin_not_allowed'
  | 'rate_limited'
  | 'content_type'
  | 'body_too_large'
  | 'body_too_slow'
  | 'body_already_read'
  | 'aborted'
  | 'malformed'
  | 'event_not_allowed'
  | 'signature_invalid'
  | 'failed'

/** What the log says of each, once. */
export const REFUSALS: Readonly<Record<Refusal, string>> = {
  origin_not_allowed:
    'The collector refused a page whose origin is not in allowedOrigins. List every address of yours, the development one too.',
  rate_limited: 'The collector refused an address that sent too much; see rateLimit.',
  content_type:
    'The collector refused a body that is neither application/json nor text/plain, or is compressed.',
  body_too_large: 'The collector refused a body that is larger than maxBytes.',
  body_too_slow: 'The collector refused a body that had not arrived after 4 seconds.',
  body_already_read:
    'Something in front of the collector read the body and left nothing of it. Mount the collector before it.',
  aborted: 'The collector lost a body: the connection ended within it.',
  malformed:
    'The collector refused a body that is no event: it needs event_name and event_id, a Purchase event_name and signed.',
  event_not_allowed: 'The collector refused an event that is not in its option events.',
  signature_invalid:
    'The collector refused a Purchase: its signed event is missing, too old, changed, or signed with another secret.',
  failed: 'The collector failed at an event, which is lost.',
}

/** Where the address of a caller is unknown, all such callers share one limit. */
export const WITHOUT_ADDRESS =
  'The collector refused an event because it does not know who calls, so that all callers share one limit. Pass the visitor’s address: collect(request, tracker, { ...options, clientIp }).'
