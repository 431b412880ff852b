import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { CliError } from '../shell/cli-error.ts'
import { csvEvents } from './csv-events.ts'
import { jsonEvents, ndjsonEvents } from './json-events.ts'
import type { EventSource } from './located-event.ts'

/** What a file of events may be. */
export const INPUT_FORMATS = ['json', 'ndjson', 'csv'] as const
export type InputFormat = (typeof INPUT_FORMATS)[number]

const BY_EXTENSION: Readonly<Record<string, InputFormat>> = {
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.csv': 'csv',
  '.tsv': 'csv',
}

type Texts = AsyncIterable<string>

const READERS: Readonly<Record<InputFormat, (texts: Texts) => EventSource>> = {
  json: async function* (texts) {
    yield* jsonEvents(await joined(texts))
  },
  ndjson: (texts) =>
    ndjsonEvents(
      createInterface({ input: Readable.from(texts), crlfDelay: Number.POSITIVE_INFINITY }),
    ),
  csv: csvEvents,
}

/** What is read, and how. */
export interface EventFile {
  /** A path, or `-` for standard input. */
  readonly file: string
  /** Default: by the file's ending, else by how it begins. */
  readonly format: InputFormat | undefined
}

/** The events of a file. @throws CliError `file_failed`, also while reading. */
export async function* openEvents(
  { file, format }: EventFile,
  stdin: AsyncIterable<Uint8Array>,
): EventSource {
  const known = format ?? BY_EXTENSION[extname(file).toLowerCase()]
  const texts = decoded(file === '-' ? stdin : bytesOf(file))
  if (known !== undefined) return yield* READERS[known](texts)
  const text = await joined(texts)
  yield* READERS[sniff(text)](Readable.from([text]))
}

async function* bytesOf(file: string): AsyncIterable<Uint8Array> {
  try {
    const handle = await open(file)
    yield* handle.createReadStream() as AsyncIterable<Uint8Array>
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new CliError(
      'file_failed',
      `Cannot read ${file}. Check the path and its permissions. (${code})`,
      error,
    )
  }
}

/** UTF-8, or UTF-16 with its mark, as Excel writes it. */
async function* decoded(bytes: AsyncIterable<Uint8Array>): Texts {
  let decoder: InstanceType<typeof TextDecoder> | undefined
  for await (const part of bytes) {
    decoder ??= new TextDecoder(encodingOf(part))
    yield decoder.decode(part, { stream: true })
  }
  if (decoder !== undefined) yield decoder.decode()
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}

async function joined(texts: Texts): Promise<string> {
  const parts: string[] = []
  for await (const text of texts) parts.push(text)
  return parts.join('')
}

/** Objects one below the other are NDJSON; an object or list over several lines is JSON. */
function sniff(text: string): InputFormat {
  const [, first = ''] = /^\s*([[{])/.exec(text) ?? []
  if (first === '') return 'csv'
  const lines = text.split('\n', 3).filter((line) => line.trim() !== '')
  const isWholeLine = lines.length > 1 && lines.every((line) => /^\s*\{.*\}\s*$/.test(line))
  return first === '{' && isWholeLine ? 'ndjson' : 'json'
}
