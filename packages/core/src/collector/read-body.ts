import type { Clock } from '../runtime/clock.ts'

/**
 * The bytes of a body, or why there are none.
 * @internal
 */
export type Body =
  | {
      readonly ok: true
      /** As they came. */
      readonly bytes: Uint8Array
    }
  | {
      readonly ok: false
      /** `aborted`: the connection ended within the body. */
      readonly reason: 'too_large' | 'too_slow' | 'aborted'
    }

/**
 * How much of a body is taken, and how long it may take.
 * @internal
 */
export interface BodyLimits {
  /** Maximum length of the body. */
  readonly maxBytes: number
  /** Milliseconds from the call on. */
  readonly timeoutMs: number
  /** Measures them. */
  readonly clock: Pick<Clock, 'after'>
}

/**
 * Reads a body, unchanged. What is over the limit is read on and thrown away until the time is up: an answer that is sent
 * before the whole body has come is lost, because the connection is reset under it. Never rejects.
 * @internal
 */
export async function readBody(
  stream: ReadableStream<Uint8Array> | null,
  { maxBytes, timeoutMs, clock }: BodyLimits,
): Promise<Body> {
  if (stream === null) return { ok: true, bytes: new Uint8Array() }
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  let isLate = false
  const stop = clock.after(timeoutMs, () => {
    isLate = true
    // Ends the read that is under way.
    reader.cancel().catch(() => {})
  })
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      size += value.byteLength
      if (size <= maxBytes) chunks.push(value)
      else chunks.length = 0
    }
  } catch {
    return { ok: false, reason: 'aborted' }
  } finally {
    stop()
  }
  if (size > maxBytes) return { ok: false, reason: 'too_large' }
  return isLate ? { ok: false, reason: 'too_slow' } : { ok: true, bytes: joined(chunks, size) }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = chunks
  if (chunks.length === 1 && first !== undefined) return first
  const all = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.byteLength
  }
  return all
}
