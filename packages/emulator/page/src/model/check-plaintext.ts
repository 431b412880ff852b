/** SHA-256 in hex. WebCrypto is missing on pages that came over plain HTTP from another machine. */
export async function sha256(text: string): Promise<string | undefined> {
  if (!globalThis.crypto?.subtle) return undefined
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Ways in which programs prepare a value before hashing it. */
const PREPARATIONS: readonly {
  readonly label: string
  readonly prepare: (text: string) => string
}[] = [
  { label: 'exactly as typed', prepare: (text) => text },
  { label: 'trimmed', prepare: (text) => text.trim() },
  { label: 'trimmed, lower case', prepare: (text) => text.trim().toLowerCase() },
  { label: 'digits only', prepare: (text) => text.replace(/\D/g, '') },
  {
    label: 'digits only, no leading zeros',
    prepare: (text) => text.replace(/\D/g, '').replace(/^0+/, ''),
  },
  {
    label: 'lower case, letters and digits only',
    prepare: (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''),
  },
]

export type PlaintextCheck =
  | { readonly result: 'match'; readonly label: string }
  | { readonly result: 'no_match' | 'unavailable' }

/** Whether a text, prepared in one of the usual ways, has this hash. Nothing is kept or sent. */
export async function checkPlaintext(text: string, hash: string): Promise<PlaintextCheck> {
  const wanted = hash.slice(0, 64).toLowerCase()
  for (const { label, prepare } of PREPARATIONS) {
    const actual = await sha256(prepare(text))
    if (actual === undefined) return { result: 'unavailable' }
    if (actual === wanted) return { result: 'match', label }
  }
  return { result: 'no_match' }
}
