const BOM = '\uFEFF'

/**
 * The text whose UTF-8 form is these bytes, byte order mark included: the signature covers it. Undefined when there is no
 * such text; to put U+FFFD for what cannot be read would make a wrong signature of a malformed body.
 */
export function decodeBody(body: Uint8Array | string): string | undefined {
  if (typeof body === 'string') return body
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    return undefined
  }
}

/** Undefined when it is no JSON; JSON itself has no undefined. */
export function parseBody(text: string): unknown {
  try {
    return JSON.parse(text.startsWith(BOM) ? text.slice(1) : text)
  } catch {
    return undefined
  }
}
