import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

type Hash = (text: string) => string
type OneShotHash = (algorithm: 'sha256', text: string, encoding: 'hex') => string

/**
 * Node, Bun and Deno hand out their own crypto without an import, so this file still loads where
 * there is none. One-shot `crypto.hash` is the fastest path a runtime has; it appeared in Node 20.12.
 */
function fastestHash(): Hash {
  const host = globalThis as {
    process?: { getBuiltinModule?: (id: string) => { hash?: OneShotHash } | undefined }
  }
  const oneShot = host.process?.getBuiltinModule?.('node:crypto')?.hash
  return oneShot === undefined ? portableSha256 : (text) => oneShot('sha256', text, 'hex')
}

let hash: Hash | undefined

/**
 * SHA-256 of the text's UTF-8 bytes, as 64 lower-case hex digits: the form Meta compares.
 * Synchronous. It hashes what it is given: normalise first (`normalizeField`).
 */
export function sha256(text: string): string {
  // At the first hash, not on import: loading Node's crypto takes longer than loading all of core.
  hash ??= fastestHash()
  return hash(text)
}

/** The same hash in plain JavaScript, for runtimes without Node's crypto. */
export function portableSha256(text: string): string {
  return bytesToHex(nobleSha256(utf8ToBytes(text)))
}
