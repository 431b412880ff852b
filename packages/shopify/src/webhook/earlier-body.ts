import type { IncomingMessage } from 'node:http'

/** What parsers in front of us leave on the request. */
interface MaybeParsed {
  readonly body?: unknown
  readonly rawBody?: unknown
}

export type EarlierBody =
  /** Nobody has read the body yet. */
  | { readonly state: 'unread' }
  | { readonly state: 'kept'; readonly body: Uint8Array | string }
  /** It was read, and nobody kept the bytes. */
  | { readonly state: 'lost' }

/**
 * Where a parser read the body before: the bytes in `rawBody` (Nest, cloud functions, the `verify` of
 * express.json), or what express.raw and express.text make of them.
 */
export function earlierBody(req: IncomingMessage & MaybeParsed): EarlierBody {
  const body = [req.rawBody, req.body].find(isRaw)
  if (body !== undefined) return { state: 'kept', body }
  return { state: req.readableDidRead ? 'lost' : 'unread' }
}

function isRaw(value: unknown): value is Uint8Array | string {
  return value instanceof Uint8Array || typeof value === 'string'
}
