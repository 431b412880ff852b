import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** The hash in plain JavaScript, for runtimes without Node's crypto. Builds for Node.js have `portable-sha256.node.ts` in its place. */
export function portableSha256(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}
