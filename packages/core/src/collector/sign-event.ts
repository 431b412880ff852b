import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { PurchaseData } from '../custom-data/custom-data.ts'
import { buildEvent } from '../event/build-event.ts'
import { readEventId } from '../event/read-event-id.ts'
import { CapiConfigError } from '../issue/errors.ts'
import type { Issue } from '../issue/issue.ts'
import type { IssueCode } from '../issue/issue-catalog.ts'
import { attempt } from '../runtime/attempt.ts'
import { systemClock } from '../runtime/clock.ts'

/** What the page may report, and nothing else of it. No personal data: the page can read it. */
export interface SignEventOptions<C extends string = string> {
  /** The `signingSecret` of the collector: 16 characters or more. */
  readonly secret: string
  /** The purchase's, the same on the Pixel's and the server's copy. The page may send no other. */
  readonly event_id: string
  /** What was bought; the page cannot change it, nor add to it: `content_ids` belong here. */
  readonly custom_data: PurchaseData<C>
  /** Milliseconds; default 30 minutes. */
  readonly expiresInMs?: number | undefined
  /** Milliseconds since 1970 from which it counts; default now. */
  readonly nowMs?: number | undefined
}

export interface SignedContent {
  readonly event_id: string
  readonly custom_data: Readonly<Record<string, unknown>>
}

const THIRTY_MINUTES_MS = 1_800_000

/** Core would drop such a field from the event, but everybody who can read the page could read it. */
const FOR_USER_DATA: ReadonlySet<IssueCode> = new Set(['personal_data', 'misplaced_key'])

/** `VERSION.CONTENT.SIGNATURE`. Pages hold the text for minutes: a change of content or signature is another version. */
const VERSION = '1'

/**
 * A signed text with which a page may report one Purchase to the collector, as the server knows it. Shown twice,
 * it is the same purchase: the `event_id` is in it.
 * @throws CapiConfigError (`config_invalid`) for a secret of less than 16 characters, for a purchase Meta would not take, and for
 * `custom_data` that holds personal data.
 */
export function signEvent<const C extends string>(options: SignEventOptions<C>): string {
  demandOptions(options)
  const { event_id, custom_data, nowMs = systemClock.now() } = options
  // A secret that is read from a file ends in a line break; the collector trims its own too.
  const secret = typeof options.secret === 'string' ? options.secret.trim() : options.secret
  demandSecret('secret', secret)
  demandPurchase(event_id, custom_data)
  const expiresAtMs = nowMs + (options.expiresInMs ?? THIRTY_MINUTES_MS)
  const json = attempt(() => JSON.stringify({ event_id, custom_data, expiresAtMs }))
  if (json === undefined)
    throw new CapiConfigError(
      'config_invalid',
      'Nothing was signed: custom_data cannot be written as JSON. It must not hold a BigInt, or itself.',
    )
  const text = `${VERSION}.${toBase64Url(utf8ToBytes(plain(json)))}`
  return `${text}.${sign(secret, text)}`
}

function demandOptions(options: Partial<SignEventOptions<string>> | null | undefined): void {
  const numbers = [options?.nowMs, options?.expiresInMs]
  const isFit = numbers.every((number) => number === undefined || Number.isFinite(number))
  if (isFit && typeof options === 'object' && options !== null) return
  throw new CapiConfigError(
    'config_invalid',
    'Nothing was signed: pass signEvent an object with secret, event_id and custom_data; expiresInMs and nowMs are numbers.',
  )
}

/** @throws CapiConfigError for one that can be guessed. */
export function demandSecret(option: string, secret: unknown): void {
  if (typeof secret === 'string' && secret.length >= 16) return
  throw new CapiConfigError('config_invalid', `Option ${option} must have 16 characters or more.`)
}

/** When the page sends the signed event it is too late: only the server's author can fix it. */
function demandPurchase(event_id: unknown, custom_data: PurchaseData): void {
  const { issues } = buildEvent({
    event_name: 'Purchase',
    action_source: 'website',
    custom_data,
  })
  // The page's request brings the rest of the event.
  const wrong = issues.filter(({ path }) => path.startsWith('custom_data.'))
  const isFatal = ({ severity, code }: Issue) => severity === 'error' || FOR_USER_DATA.has(code)
  const fatal = new Set(wrong.filter(isFatal).map(({ path }) => path))
  const found = wrong
    .filter(({ path }) => fatal.has(path))
    .map(({ path, message, fix }) => `${path}: ${message} ${fix}`)
  if (typeof event_id !== 'string' || readEventId(event_id, []) === undefined)
    found.push('event_id: It must be a text, the one that the Pixel and the server send.')
  if (found.length > 0)
    throw new CapiConfigError(
      'config_invalid',
      `This Purchase cannot be signed, so the page cannot report it. Fix what signEvent is given: ${found.join(' ')}`,
    )
}

/** Undefined for what was not signed with this secret or in this format, was changed, or is too old. */
export function readSigned(
  signed: string | undefined,
  secret: string | undefined,
  nowMs: number,
): SignedContent | undefined {
  if (signed === undefined || secret === undefined) return undefined
  const [version, content = '', signature = '', ...rest] = signed.split('.')
  if (version !== VERSION || rest.length > 0) return undefined
  if (!isSame(signature, sign(secret, `${version}.${content}`))) return undefined
  // Signed, so it is what signEvent wrote.
  const read = JSON.parse(new TextDecoder().decode(fromBase64Url(content))) as SignedContent & {
    readonly expiresAtMs: number
  }
  return read.expiresAtMs > nowMs ? read : undefined
}

/**
 * The same JSON in letters of which base64 makes no `+` and no `/`, so that a page reads it with `JSON.parse(atob(…))`, which is
 * all that a script of 2 KB can afford.
 */
function plain(json: string): string {
  return json.replace(
    /[^ -=@-}]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function sign(secret: string, text: string): string {
  const message = utf8ToBytes(`capi signed event ${text}`)
  return toBase64Url(hmac(sha256, utf8ToBytes(secret), message))
}

/** Takes as long wherever the texts differ: their first difference would be a hint. */
function isSame(given: string, due: string): boolean {
  let difference = given.length ^ due.length
  for (let at = 0; at < due.length; at++) difference |= given.charCodeAt(at) ^ due.charCodeAt(at)
  return difference === 0
}

function toBase64Url(bytes: Uint8Array): string {
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fromBase64Url(text: string): Uint8Array {
  const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0))
}
