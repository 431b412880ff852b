import { type FileHandle, open, stat } from 'node:fs/promises'
import { CliError } from '../../shell/cli-error.ts'
import type { Row } from '../read/row-splitter.ts'
import { guardFormula } from '../values/cell.ts'

/** The rows that were refused, in the columns of the input, with the line, a code and what to do. */
export interface FailedFile {
  readonly path: string
  add(rows: readonly Row[], code: string, fix: string): void
  /** Writes what was added before the call. @returns how long the file is with that. */
  flush(): Promise<number>
  close(): Promise<void>
}

interface FailedOptions {
  readonly path: string
  readonly headers: readonly string[]
  readonly delimiter: string
  /** How long the file was at the checkpoint: what was added later is added again. */
  readonly keepBytes: number
}

const OWN_HEADERS = ['capi_line', 'capi_code', 'capi_fix'] as const
const MARK = '\ufeff'

/** How much of the file of an earlier run is kept: all of it, unless somebody has moved or cut it. */
export async function keptBytes(
  path: string,
  found: { failed?: string; failedBytes: number } | undefined,
) {
  if (found === undefined || found.failed !== path) return 0
  const size = await stat(path).then(
    (one) => one.size,
    () => 0,
  )
  return size >= found.failedBytes ? found.failedBytes : 0
}

/** Made with its first row. The rows hold personal data: nobody but its owner can read it. */
export function failedFile({ path, headers, delimiter, keepBytes }: FailedOptions): FailedFile {
  let file: FileHandle | undefined
  let bytes = keepBytes
  let text = ''

  async function opened(): Promise<FileHandle> {
    if (file !== undefined) return file
    file = await open(path, keepBytes > 0 ? 'r+' : 'w', 0o600)
    if (keepBytes > 0) await file.truncate(keepBytes)
    return file
  }

  const line = (cells: readonly string[]) =>
    `${cells.map((cell) => quoted(guardFormula(cell), delimiter)).join(delimiter)}\r\n`

  return {
    path,
    add(rows, code, fix) {
      for (const { line: at, cells } of rows) {
        const missing = Array.from({ length: Math.max(0, headers.length - cells.length) }, () => '')
        text += line([...cells, ...missing, String(at), code, fix])
      }
    },
    async flush() {
      // What a killed run added after its checkpoint goes, also where nothing is added now.
      if (text === '' && (keepBytes === 0 || file !== undefined)) return bytes
      const head = bytes === 0 ? `${MARK}${line([...headers, ...OWN_HEADERS])}` : ''
      const data = Buffer.from(head + text)
      const from = bytes
      text = ''
      bytes += data.length
      try {
        const at = await opened()
        await at.write(data, 0, data.length, from)
      } catch (error) {
        const { code = 'unknown' } = error as NodeJS.ErrnoException
        throw new CliError('file_failed', `Cannot write refused rows to ${path} (${code}).`, error)
      }
      return bytes
    },
    async close() {
      await file?.close()
    },
  }
}

function quoted(cell: string, delimiter: string): string {
  const needs = cell.includes(delimiter) || /["\r\n]/.test(cell) || cell !== cell.trim()
  return needs ? `"${cell.replaceAll('"', '""')}"` : cell
}
