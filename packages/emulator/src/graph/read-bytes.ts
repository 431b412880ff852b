import { promisify } from 'node:util'
import { gunzip, inflate } from 'node:zlib'
import type { CallDraft } from '../calls/call-draft.ts'

/** Ours: Meta states no limit. It keeps a small compressed body from filling the memory. */
const MAX_BODY_BYTES = 32 * 1024 * 1024

/** Meta documents no compression; clients that compress expect to be understood. */
const DECODERS: Readonly<Record<string, typeof gunzip>> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  deflate: inflate,
}

/**
 * The body as it was before it was compressed.
 * @throws when it is not what its Content-Encoding says
 */
export async function readBytes(
  request: Request,
  draft: CallDraft,
): Promise<Uint8Array<ArrayBuffer> | 'too_large'> {
  if (Number(request.headers.get('content-length')) > MAX_BODY_BYTES) return 'too_large'
  const bytes = await readBody(request, draft)
  if (bytes === 'too_large') return bytes
  draft.bytes = bytes.length
  // Replaced once decompressed; this is what is shown of a body that cannot be.
  draft.body = bytes
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  return encoding === 'identity' ? bytes : decode(bytes, encoding)
}

/** Stops at the limit: a body that comes in chunks names no length. */
async function readBody(
  request: Request,
  draft: CallDraft,
): Promise<Uint8Array<ArrayBuffer> | 'too_large'> {
  const { body } = request
  if (body === null) return new Uint8Array()
  if (request.headers.has('content-length')) return new Uint8Array(await request.arrayBuffer())
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    draft.bytes = length
    if (length > MAX_BODY_BYTES) return 'too_large'
    chunks.push(chunk)
  }
  const [only] = chunks
  return chunks.length === 1 && only ? new Uint8Array(only) : new Uint8Array(Buffer.concat(chunks))
}

async function decode(
  bytes: Uint8Array,
  encoding: string,
): Promise<Uint8Array<ArrayBuffer> | 'too_large'> {
  const decoder = DECODERS[encoding]
  // biome-ignore lint/plugin: it is answered as a body that cannot be read
  if (decoder === undefined) throw new TypeError('The Content-Encoding is unknown.')
  try {
    const plain = await promisify<Uint8Array, { maxOutputLength: number }, Buffer<ArrayBuffer>>(
      decoder,
    )(bytes, { maxOutputLength: MAX_BODY_BYTES })
    return new Uint8Array(plain)
  } catch (error) {
    if (error instanceof RangeError) return 'too_large'
    throw error
  }
}
