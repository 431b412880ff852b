import { _SHA256 } from '@noble/hashes/sha2.js'

const HEX = '0123456789abcdef'

/**
 * The hash in plain JavaScript, for runtimes without Node's crypto. Builds for Node.js have `portable-sha256.node.ts` in its place.
 * The class, not the function around it, which brings 1 kB of checks of its input.
 */
export function portableSha256(text: string): string {
  let digits = ''
  for (const byte of new _SHA256().update(new TextEncoder().encode(text)).digest())
    digits += `${HEX[byte >> 4]}${HEX[byte & 15]}`
  return digits
}
