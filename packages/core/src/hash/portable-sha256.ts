import { _SHA256 } from '@noble/hashes/sha2.js'
import { lazy } from '../runtime/lazy.ts'

const hexOf = lazy(() =>
  Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0')),
)

/**
 * The hash in plain JavaScript, for runtimes without Node's crypto. Builds for Node.js have `portable-sha256.node.ts` in its place.
 * The class, not the function around it, which brings 1 kB of checks of its input.
 */
export function portableSha256(text: string): string {
  const hex = hexOf()
  let digits = ''
  for (const byte of new _SHA256().update(new TextEncoder().encode(text)).digest())
    digits += hex[byte]
  return digits
}
