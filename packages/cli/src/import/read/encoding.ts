import { isUtf8 } from 'node:buffer'
import type { FileHandle } from 'node:fs/promises'
import { CliError } from '../../shell/cli-error.ts'

/** How the bytes of a file are text. */
export type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be'

/** The first bytes of a file that say how it is encoded. */
const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/** What the bytes of a file say about its encoding. */
export interface FoundEncoding {
  readonly encoding: Encoding
  /** Bytes of the mark before the text. */
  readonly markBytes: number
}

/** By the mark; undefined: there is none. */
function markedEncoding(head: Uint8Array): FoundEncoding | undefined {
  for (const [encoding, mark] of MARKS)
    if (mark.every((byte, index) => head[index] === byte))
      return { encoding, markBytes: mark.length }
  return undefined
}

const CHUNK = 1 << 20

/**
 * Looks through the whole file, which is cheap, before anything of it is sent: a byte that is no UTF-8 would be hashed as another
 * character, and match nobody.
 * @throws CliError `input_invalid`, where the encoding has to be named.
 */
export async function findEncoding(
  file: FileHandle,
  size: number,
  wanted: Encoding | undefined,
): Promise<FoundEncoding> {
  const head = new Uint8Array(4)
  await file.read(head, 0, 4, 0)
  const marked = markedEncoding(head)
  if (wanted !== undefined)
    return { encoding: wanted, markBytes: marked?.encoding === wanted ? marked.markBytes : 0 }
  if (marked !== undefined && marked.encoding !== 'utf-8') return marked
  const line = await firstLineNotUtf8(file, size)
  if (line === undefined) return { encoding: 'utf-8', markBytes: marked?.markBytes ?? 0 }
  if (line === 'nulls')
    throw new CliError(
      'input_invalid',
      'The file holds null bytes: it is no text, or UTF-16 without a mark. Nothing was sent. Save it as CSV UTF-8, or pass --encoding utf-16le.',
    )
  throw new CliError(
    'input_invalid',
    `The file is not UTF-8 (line ${line}). Nothing was sent. Files saved by Excel as "CSV" are mostly Windows-1252: pass --encoding windows-1252, and look at the names in the file.`,
  )
}

/** The line on which the first byte stands that is no UTF-8. */
async function firstLineNotUtf8(
  file: FileHandle,
  size: number,
): Promise<number | 'nulls' | undefined> {
  const buffer = Buffer.allocUnsafe(CHUNK)
  let line = 1
  let kept = 0
  for (let at = 0; at < size; ) {
    const { bytesRead } = await file.read(buffer, kept, CHUNK - kept, at)
    if (bytesRead === 0) break
    at += bytesRead
    const filled = kept + bytesRead
    const whole = at >= size ? filled : wholeCharacters(buffer, filled)
    const part = buffer.subarray(0, whole)
    if (part.includes(0)) return 'nulls'
    if (!isUtf8(part)) return line + badLine(part)
    line += countLines(part)
    kept = filled - whole
    buffer.copy(buffer, 0, whole, filled)
  }
  return kept > 0 ? line : undefined
}

/** Bytes up to the last whole character. */
function wholeCharacters(buffer: Uint8Array, length: number): number {
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = buffer[length - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return wanted > back ? length - back : length
  }
  return length
}

function countLines(part: Buffer): number {
  let lines = 0
  for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) lines++
  return lines
}

/** Halves the part until the line is found. */
function badLine(part: Buffer): number {
  let lines = 0
  let from = 0
  for (let to = part.indexOf(10); to >= 0; to = part.indexOf(10, from)) {
    if (!isUtf8(part.subarray(from, to))) return lines
    from = to + 1
    lines++
  }
  return lines
}
