import { CapiConfigError } from '../issue/errors.ts'
import { attempt } from '../runtime/attempt.ts'
import { builtin } from '../runtime/builtin.ts'
import { portableSha256 } from './portable-sha256.ts'

type Hash = (text: string) => string

interface Crypto {
  readonly hash: (algorithm: 'sha256', text: string, encoding: 'hex') => string
}

const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/**
 * One-shot `crypto.hash` is the fastest path a runtime has; it appeared in Node 20.12. It is asked once before it is
 * trusted: some runtimes and bundlers have the name alone, and it throws when called.
 */
function fastestHash(): Hash {
  const native = attempt((): Hash | undefined => {
    const oneShot = builtin<Crypto>('node:crypto')?.hash
    const hashes: Hash = (text) => oneShot?.('sha256', text, 'hex') ?? ''
    return hashes('') === EMPTY ? hashes : undefined
  })
  return native ?? portableSha256
}

let hash: Hash | undefined

/**
 * SHA-256 of the text's UTF-8 bytes, as 64 lower-case hex digits: the form Meta compares.
 * Synchronous. It hashes what it is given: normalise first (`normalizeField`).
 * @throws CapiConfigError for what is no text.
 * @example
 * sha256('anna@example.com') // 'f7d54c22…', 64 hex digits
 */
export function sha256(text: string): string {
  // At the first hash, not on import: loading Node's crypto takes longer than loading all of core. Clients load it when idle.
  hash ??= fastestHash()
  if (typeof text !== 'string') throw new CapiConfigError('config_invalid', 'sha256 takes text.')
  return hash(text)
}

/** Whether something was hashed, and the first hash is paid for. */
export function isHashLoaded(): boolean {
  return hash !== undefined
}
