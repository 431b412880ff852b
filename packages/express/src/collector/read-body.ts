import type { IncomingMessage } from 'node:http'

export type BodyText =
  | { readonly text: string }
  | { readonly parsed: unknown }
  | { readonly refusal: 'body_too_large' | 'body_already_read' | 'aborted' }

/** What a body parser in front left, else the stream, up to so many bytes. */
export async function readBody(
  req: IncomingMessage & { readonly body?: unknown },
  maxBytes: number,
): Promise<BodyText> {
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) return { refusal: 'body_too_large' }
  const { body } = req
  if (typeof body === 'string' || Buffer.isBuffer(body))
    return body.length > maxBytes ? { refusal: 'body_too_large' } : { text: body.toString() }
  // Express 4 leaves an empty object where it did not parse; then the stream is untouched.
  if (!req.readableEnded && !req.readableDidRead) return await readStream(req, maxBytes)
  if (typeof body === 'object' && body !== null) return { parsed: body }
  return { refusal: 'body_already_read' }
}

function readStream(req: IncomingMessage, maxBytes: number): Promise<BodyText> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    req.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= maxBytes) chunks.push(chunk)
      else resolve({ refusal: 'body_too_large' })
    })
    req.on('end', () => resolve({ text: Buffer.concat(chunks).toString() }))
    for (const event of ['error', 'aborted', 'close'] as const)
      req.on(event, () => resolve({ refusal: 'aborted' }))
  })
}
