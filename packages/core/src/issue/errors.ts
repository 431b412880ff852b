import { docsUrl } from './docs-url.ts'
import type { Issue } from './issue.ts'
import type { SendResult } from './send-result.ts'

const BRAND = Symbol.for('@capi/core.error')

/**
 * What went wrong. `config_invalid`, `access_token_missing`: fix the options. `disabled`: the client is switched off.
 * `closed`: it was closed. `validation_failed`: fix the event. `api_error`: Meta refused the request. `network_error`,
 * `timeout`: no answer came. `store_failed`: the outbox cannot work. `webhook_failed`: a delivery of Shopify's was not taken.
 * A code keeps its meaning; a minor version may add one, so keep a `default` branch.
 */
export type CapiErrorCode =
  | 'config_invalid'
  | 'access_token_missing'
  | 'disabled'
  | 'closed'
  | 'validation_failed'
  | 'api_error'
  | 'network_error'
  | 'timeout'
  | 'store_failed'
  | 'webhook_failed'

interface ErrorDetails {
  readonly retryable?: boolean
  readonly cause?: unknown
  readonly docsUrl?: string | undefined
}

/**
 * Every error that core, the adapters and the outboxes throw. Branch on `code`, never on the message. Recognise one with
 * `CapiError.is(error)`: the ESM and the CJS copy of this package may live in one process, and
 * `instanceof` does not recognise the other copy's. Holds no token and no personal data.
 * @example
 * if (CapiError.is(error) && error.code === 'api_error') console.error(error.metaCode, error.docsUrl)
 */
export class CapiError<Code extends CapiErrorCode = CapiErrorCode> extends Error {
  /** What went wrong, for example `api_error`; branch on it, with a `default` branch. */
  readonly code: Code
  /** Whether the same call may succeed later, unchanged. */
  readonly retryable: boolean
  /**
   * The page that explains the code; of an `api_error`, the one that explains Meta's. A path on the documentation site, until
   * the site has an address.
   */
  readonly docsUrl: string
  /**
   * Set by `send` when events did not reach Meta: a receipt for each event given, in order. `delivered` says that Meta took
   * the event, so a repeat can leave it out; with several pixels, `responses` says which events each took. After a `timeout`
   * or `network_error` Meta may have taken more: send those again with the same `event_id`. Not enumerable, so that it
   * fills no log.
   */
  declare readonly partial?: SendResult

  constructor(code: Code, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = new.target.name
    this.code = code
    this.retryable = details.retryable ?? false
    this.docsUrl = details.docsUrl ?? docsUrl('errors', code)
    Object.defineProperty(this, BRAND, { value: true })
  }

  /** Narrows to the class that belongs to each `code`. */
  static is(error: unknown): error is AnyCapiError {
    return typeof error === 'object' && error !== null && BRAND in error
  }
}

/** An option is missing or malformed, or the client is switched off: see the configuration. */
export class CapiConfigError extends CapiError<
  'config_invalid' | 'access_token_missing' | 'disabled'
> {}

/** The client was closed before `send` was called: nothing was sent. */
export class CapiClosedError extends CapiError<'closed'> {
  constructor() {
    super(
      'closed',
      'The client was closed; nothing was sent. Close it after the last call of send.',
    )
  }
}

/** Events that Meta would refuse were not sent. Those beside them were: `partial.receipts` says which. */
export class CapiValidationError extends CapiError<'validation_failed'> {
  /** Everything wrong with the events that were not sent, warnings too. Never holds a value. */
  readonly issues: readonly Issue[]

  /** @param counts how many events were refused, of how many that were given. */
  constructor(issues: readonly Issue[], counts = { refused: 1, given: 1 }) {
    const found = issues.filter((one) => one.severity === 'error')
    const codes = [...new Set(found.map((one) => `${one.path || 'event'}: ${one.code}`))]
    const list = codes.slice(0, MAX_LISTED).join(', ') + (codes.length > MAX_LISTED ? ', …' : '')
    const { refused, given } = counts
    const what = given === 1 ? 'The event' : `${refused} of ${given} events`
    const were = refused === 1 ? 'was' : 'were'
    super('validation_failed', `${what} ${were} not sent (${list}); see issues for what to do.`)
    this.issues = issues
  }
}

/** More in one message would hide it. */
const MAX_LISTED = 5

/** Meta answered, and said no. */
export class CapiApiError extends CapiError<'api_error'> {
  /** HTTP status of Meta's answer. */
  readonly status: number
  /** Meta's `error.code`. */
  readonly metaCode: number | undefined
  /** Meta's `error.error_subcode`. */
  readonly metaSubcode: number | undefined
  /** What Meta's support asks for. */
  readonly fbtrace_id: string | undefined
  /** How long Meta asks to wait, milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(details: {
    readonly status: number
    readonly metaCode?: number | undefined
    readonly metaSubcode?: number | undefined
    readonly fbtrace_id?: string | undefined
    readonly retryable: boolean
    readonly retryAfterMs?: number | undefined
    /** Meta's code in words: what is wrong. What to do about it. */
    readonly advice?: { readonly what: string; readonly todo: string } | undefined
  }) {
    const code = [details.metaCode, details.metaSubcode].filter((part) => part !== undefined)
    const codes = [`HTTP ${details.status}`, ...(code.length ? [`code ${code.join('/')}`] : [])]
    const words = details.advice ? `: ${details.advice.what}. ${details.advice.todo}` : ''
    const message = `Meta refused the request${words} (${codes.join(', ')})`
    super('api_error', message, {
      retryable: details.retryable,
      docsUrl: code.length > 0 ? docsUrl('meta-errors', code.join('--')) : undefined,
    })
    this.status = details.status
    this.metaCode = details.metaCode
    this.metaSubcode = details.metaSubcode
    this.fbtrace_id = details.fbtrace_id
    this.retryAfterMs = details.retryAfterMs
  }
}

const MAYBE_TAKEN = 'Meta may have taken the events; send them again with the same event_id.'

/** The request got no answer; of a request with events, Meta may have taken them. */
export class CapiNetworkError extends CapiError<'network_error'> {
  /** @param meaning what it means for the caller, and what to do */
  constructor(code: string, meaning = MAYBE_TAKEN) {
    const message = `The request to Meta got no answer. ${meaning} (${code})`
    super('network_error', message, { retryable: true })
  }
}

/** The answer took longer than `timeoutMs`; of a request with events, Meta may have taken them. */
export class CapiTimeoutError extends CapiError<'timeout'> {
  /** @param meaning what it means for the caller, and what to do */
  constructor(timeoutMs: number, meaning = MAYBE_TAKEN) {
    const message = `Meta did not answer within ${timeoutMs} ms. ${meaning}`
    super('timeout', message, { retryable: true })
  }
}

/** What core itself says of an outbox. Each outbox has a closed list of its own beside it. */
export type StoreProblem =
  /** It gave no answer in time. */
  | 'timeout'
  /** It takes no transaction of the application's. */
  | 'transaction_unsupported'
  | 'closed'
  | 'unknown'

/** The outbox could not do it; nothing was changed. The message says what to do. */
export class CapiStoreError extends CapiError<'store_failed'> {
  /** What keeps the outbox from working: one of core's, or of the outbox's own, for example `disk_full`. */
  readonly problem: StoreProblem | (string & {})

  constructor(problem: StoreProblem | (string & {}), message: string, cause?: unknown) {
    super('store_failed', message, { retryable: problem !== 'closed', cause })
    this.problem = problem
  }
}

/** Every error there is; `code` says which. */
export type AnyCapiError =
  | CapiConfigError
  | CapiClosedError
  | CapiValidationError
  | CapiApiError
  | CapiNetworkError
  | CapiTimeoutError
  | CapiStoreError
  | CapiError<'webhook_failed'>
