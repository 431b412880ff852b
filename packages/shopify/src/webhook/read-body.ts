import type { Readable } from 'node:stream'

export type Body =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: 'too_large' | 'too_slow' | 'aborted' }

export interface BodyLimits {
  readonly maxBytes: number
  readonly timeoutMs: number
}

/**
 * Reads a request's bytes, as they came. What is over the limit is read on and thrown away, until the time is up: who
 * answers before all has come is not heard, for the connection is reset under the answer.
 */
export function readBody(stream: Readable, { maxBytes, timeoutMs }: BodyLimits): Promise<Body> {
  return new Promise((resolve) => {
    let chunks: Uint8Array[] = []
    let size = 0
    const end = (body: Body) => {
      clearTimeout(timer)
      stream.off('data', take).off('end', finish).off('error', abort).off('close', abort)
      // An error after the answer must not bring the process down.
      stream.on('error', () => undefined)
      resolve(body)
    }
    const take = (chunk: Uint8Array | string) => {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      size += bytes.byteLength
      if (size > maxBytes) chunks = []
      else chunks.push(bytes)
    }
    const isTooLarge = () => size > maxBytes
    const finish = () =>
      end(
        isTooLarge()
          ? { ok: false, reason: 'too_large' }
          : { ok: true, bytes: Buffer.concat(chunks) },
      )
    const abort = () => end({ ok: false, reason: 'aborted' })
    const giveUp = () => end({ ok: false, reason: isTooLarge() ? 'too_large' : 'too_slow' })
    const timer = setTimeout(giveUp, timeoutMs)
    stream.on('data', take).on('end', finish).on('error', abort).on('close', abort)
  })
}
