import { type GraphResponse, parseGraphResponse } from './graph-response.ts'
import { statedWaitMs } from './stated-wait.ts'

/** What came of one request, as far as it can be known. */
export type Attempt =
  | {
      readonly phase: 'answered'
      /** HTTP status. */
      readonly status: number
      /** By lower-case name. */
      readonly headers: Readonly<Record<string, string>>
      /** As text, as far as it came. */
      readonly body: string
      /** How many events were in the request. */
      readonly sent: number
    }
  /** Provably nothing reached Meta: no address, no connection, no TLS, no token. */
  | {
      readonly phase: 'not_sent'
      /** For example `ECONNREFUSED`. */
      readonly code: string
    }
  /** The request may have reached Meta, but there is no whole answer: timeout, reset, abort. */
  | {
      readonly phase: 'no_answer'
      /** For example `timeout` or `ECONNRESET`. */
      readonly code: string
    }

/**
 * What follows from an attempt.
 * `delivered`: Meta has the events. `retry`: Meta does not have them; later they may pass.
 * `ambiguous`: Meta may have them; sent again, they carry the same `event_id`.
 * `throttled`: too many calls; wait. `auth`, `config`: nothing passes until you fix the token,
 * the permission or the dataset. `rejected`: Meta refuses the batch for what is in it.
 */
export type Verdict =
  | 'delivered'
  | 'retry'
  | 'ambiguous'
  | 'throttled'
  | 'auth'
  | 'config'
  | 'rejected'

/** What to do about an attempt, and why. */
export interface Classified {
  /** What follows. */
  readonly verdict: Verdict
  /** For example `timeout`, `ECONNREFUSED`, `http_502`, `meta_100_2804003`, `events_received_mismatch`. */
  readonly code: string
  /** Meta's answer, where there is one. */
  readonly response?: GraphResponse
  /** How long Meta asks to wait, milliseconds. */
  readonly waitMs?: number
  /** When Meta itself says it answered, milliseconds since 1970. */
  readonly dateMs?: number
}

/** Meta's error as the rules read it. Both codes are 0 when the answer names none. */
interface Refusal {
  readonly status: number
  readonly code: number
  readonly subcode: number
  readonly isTransient: boolean
  readonly isMetas: boolean
}

/* @__NO_SIDE_EFFECTS__ */
const among =
  (...codes: readonly number[]) =>
  (refusal: Refusal) =>
    codes.includes(refusal.code)
/* @__NO_SIDE_EFFECTS__ */
const between = (from: number, to: number) => (refusal: Refusal) =>
  refusal.code >= from && refusal.code <= to
/** Seven digits are enough to know a code by, wherever Meta writes it: as code, or as subcode of another. */
/* @__NO_SIDE_EFFECTS__ */
const named =
  (...codes: readonly number[]) =>
  (refusal: Refusal) =>
    codes.includes(refusal.code) || codes.includes(refusal.subcode)
/* @__NO_SIDE_EFFECTS__ */
const status =
  (...statuses: readonly number[]) =>
  (refusal: Refusal) =>
    statuses.includes(refusal.status)

/**
 * First match wins. Codes, never texts, which are localised.
 * Sources: Meta, Graph API Error Handling, Marketing API Error Reference and Rate Limiting, read 2026-09;
 * 960, 5000, 21009, 2500 and the numbers of seven digits: public connectors and reports, read 2026-11; HTML
 * and bare statuses: proxies on the way.
 */
const REFUSALS: readonly (readonly [Verdict, (refusal: Refusal) => boolean])[] = [
  // A passing block, whatever code it stands under.
  ['retry', named(1_404_078, 2_859_015, 3_910_001)],
  ['throttled', among(4, 17, 32, 341, 613)],
  ['throttled', between(80_000, 80_014)],
  ['throttled', status(429)],
  ['auth', among(102, 104, 190)],
  ['config', among(3, 10, 12, 101, 368, 803, 2500, 2635)],
  ['config', between(200, 299)],
  ['config', named(1_404_163, 2_044_055)],
  ['config', ({ code, subcode }) => code === 100 && subcode === 33],
  ['retry', ({ isTransient }) => isTransient],
  ['rejected', ({ code, subcode }) => code === 1 && subcode === 99],
  // Internal ones of Meta's.
  ['retry', ({ code }) => code < 0],
  ['retry', among(1, 2, 960, 5000, 21_009)],
  ['auth', status(401)],
  ['config', ({ status, isMetas }) => isMetas && (status === 403 || status === 404)],
  ['retry', ({ status, isMetas }) => isMetas && status >= 500],
  ['rejected', ({ status, isMetas }) => isMetas || status === 413],
  // From here on the answer is not Meta's: a proxy's page, a captive portal, a load balancer.
  ['retry', ({ status }) => status >= 300 && status < 500],
  ['ambiguous', () => true],
]

/** Verdicts after which the same request may pass later: the wait that the answer states counts. */
const WAITING: readonly Verdict[] = ['throttled', 'retry', 'ambiguous']

/** Longest wait that anybody but Meta may ask for: a proxy must not silence a pixel for a day. */
const MAX_WAIT_MS = 300_000

/** Headers that only Meta's servers set. Source: Meta, Graph API and Marketing API Rate Limiting, read 2026-09. */
const META_HEADERS = [
  'x-fb-trace-id',
  'x-app-usage',
  'x-business-use-case-usage',
  'x-ad-account-usage',
]

/**
 * Whether Graph itself wrote the answer: its errors have a code and a trace id, and its servers say who they are. Anybody's JSON
 * may have an error with a code. Source: Meta, Graph API Error Handling, read 2026-09.
 */
function isGraphs(
  response: GraphResponse & { ok: false },
  headers: Readonly<Record<string, string>>,
): boolean {
  const isSigned = META_HEADERS.some((name) => headers[name] !== undefined)
  return response.code !== undefined && (isSigned || response.fbtrace_id !== undefined)
}

function dateOf(headers: Readonly<Record<string, string>>): Pick<Classified, 'dateMs'> {
  const dateMs = Date.parse(headers['date'] ?? '')
  return Number.isFinite(dateMs) ? { dateMs } : {}
}

/** Judges what came of a request. Pure; never throws, whatever the answer holds. */
export function classify(attempt: Attempt): Classified {
  if (attempt.phase === 'no_answer') return { verdict: 'ambiguous', code: attempt.code }
  if (attempt.phase === 'not_sent') {
    const isToken = attempt.code.startsWith('access_token_')
    return { verdict: isToken ? 'auth' : 'retry', code: attempt.code }
  }
  const response = parseGraphResponse(attempt.status, attempt.body)
  return response.ok ? taken(response, attempt) : refused(response, attempt.status, attempt.headers)
}

/**
 * Fewer events received than sent: the answer does not say which, so none is sent again. None received: all
 * may be.
 */
function taken(
  response: GraphResponse & { ok: true },
  { sent, headers }: { readonly sent: number; readonly headers: Readonly<Record<string, string>> },
): Classified {
  const { events_received } = response
  if (events_received === sent)
    return { verdict: 'delivered', code: 'delivered', response, ...dateOf(headers) }
  const verdict = events_received === undefined || events_received < 1 ? 'ambiguous' : 'delivered'
  return { verdict, code: 'events_received_mismatch', response }
}

function refused(
  response: GraphResponse & { ok: false },
  httpStatus: number,
  headers: Readonly<Record<string, string>>,
): Classified {
  const refusal: Refusal = {
    status: httpStatus,
    code: response.code ?? 0,
    subcode: response.error_subcode ?? 0,
    isTransient: response.is_transient === true,
    isMetas: response.code !== undefined,
  }
  const verdict = REFUSALS.find(([, matches]) => matches(refusal))?.[0] ?? 'ambiguous'
  const statedMs = WAITING.includes(verdict) ? statedWaitMs(headers) : undefined
  const waitMs =
    statedMs !== undefined && !isGraphs(response, headers)
      ? Math.min(statedMs, MAX_WAIT_MS)
      : statedMs
  return {
    verdict,
    code: causeCode(httpStatus, response),
    response,
    ...(waitMs === undefined ? {} : { waitMs }),
    ...(isGraphs(response, headers) && dateOf(headers)),
  }
}

function causeCode(
  httpStatus: number,
  { code, error_subcode }: GraphResponse & { ok: false },
): string {
  if (code === undefined) return `http_${httpStatus}`
  return error_subcode === undefined ? `meta_${code}` : `meta_${code}_${error_subcode}`
}
