import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { CliError } from '../../shell/cli-error.ts'
import { type Encoding, type FoundEncoding, findEncoding } from './encoding.ts'

const CHUNK = 1 << 16

/** A place in the file, and the SHA-256 of all bytes before it: a later run compares them. */
export interface Place {
  readonly endBytes: number
  readonly sha256: string
}

interface Part extends Place {
  readonly utf8: Buffer
}

/** The file that is imported, as it was when it was opened. */
export interface SourceFile {
  readonly path: string
  readonly size: number
  readonly found: FoundEncoding
  /** The first characters. */
  head(): Promise<string>
  /** Its bytes without the mark, in UTF-8, and the SHA-256 of the file up to where each part ends. */
  parts(): AsyncGenerator<Part>
  /** The hash of the first bytes of the file. */
  hashOf(bytes: number): Promise<string>
  /** Whether it is another one than when it was opened: it grew, or was written anew. */
  readonly hasChanged: () => Promise<boolean>
  close(): Promise<void>
}

/** @throws CliError `file_failed` or `input_invalid` */
export async function openSource(path: string, encoding?: Encoding): Promise<SourceFile> {
  let file: FileHandle
  try {
    file = await open(path, 'r')
  } catch (error) {
    throw new CliError(
      'file_failed',
      `Cannot read ${path} (${codeOf(error)}). Nothing was sent. Check the path.`,
      error,
    )
  }
  try {
    const { size, mtimeMs, isFile } = await statOf(file)
    if (!isFile)
      throw new CliError(
        'file_failed',
        `${path} is no file. Nothing was sent. A stream cannot be resumed: save it as a file first.`,
      )
    if (size === 0) throw new CliError('input_invalid', `${path} is empty. Nothing was sent.`)
    const found = await findEncoding(file, size, encoding)
    return sourceFile({ path, file, size, mtimeMs, found })
  } catch (error) {
    await file.close()
    throw error
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? 'unknown'

async function statOf(file: FileHandle) {
  const stat = await file.stat()
  return { size: stat.size, mtimeMs: stat.mtimeMs, isFile: stat.isFile() }
}

interface Opened extends Pick<SourceFile, 'path' | 'size' | 'found'> {
  readonly file: FileHandle
  readonly mtimeMs: number
}

function sourceFile({ path, file, size, mtimeMs, found }: Opened): SourceFile {
  async function* chunks(from: number, to: number) {
    for (let at = from; at < to; ) {
      // A buffer of its own: the parser may keep parts of it.
      const buffer = Buffer.allocUnsafeSlow(Math.min(CHUNK, to - at))
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at)
      if (bytesRead === 0) return
      at += bytesRead
      yield { bytes: buffer.subarray(0, bytesRead), endBytes: at }
    }
  }

  async function* parts() {
    const decoder =
      found.encoding === 'utf-8' ? undefined : new TextDecoder(found.encoding, { ignoreBOM: true })
    const hash = createHash('sha256')
    if (found.markBytes > 0)
      for await (const { bytes } of chunks(0, found.markBytes)) hash.update(bytes)
    for await (const { bytes, endBytes } of chunks(found.markBytes, size)) {
      const sha256 = hash.update(bytes).copy().digest('hex')
      const utf8 =
        decoder === undefined ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }))
      yield { utf8, endBytes, sha256 }
    }
  }

  return {
    path,
    size,
    found,
    parts,
    async head() {
      const decoder = new TextDecoder(found.encoding)
      for await (const { bytes } of chunks(found.markBytes, size))
        return decoder.decode(bytes, { stream: true })
      return ''
    },
    async hashOf(bytes) {
      const hash = createHash('sha256')
      for await (const part of chunks(0, Math.min(bytes, size))) hash.update(part.bytes)
      return hash.digest('hex')
    },
    async hasChanged() {
      const now = await statOf(file)
      return now.size !== size || now.mtimeMs !== mtimeMs
    },
    close: () => file.close(),
  }
}
