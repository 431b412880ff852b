import { readFile } from 'node:fs/promises'
import { CliError } from '../../shell/cli-error.ts'

/** A file of JSON that an import keeps beside the export. */
export interface KeptFile<T> {
  /** For errors: `checkpoint`, `mapping`. */
  readonly name: string
  /** What to do where it cannot be read. */
  readonly advice: string
  /** What to do where it is something else. */
  readonly otherwise: string
  /** Whether there has to be one. */
  readonly isNamed: boolean
  /** Whether it is one of this version. May throw for no. */
  readonly isFine: (read: T) => boolean
}

/** Undefined: there is none. @throws CliError `file_failed` where it cannot be read, `input_invalid` where it is something else */
export async function readKeptFile<T>(path: string, kept: KeptFile<T>): Promise<T | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (!kept.isNamed && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new CliError(
      'file_failed',
      `Cannot read the ${kept.name} ${path}. Nothing was sent. ${kept.advice}`,
      error,
    )
  }
  try {
    const read = JSON.parse(text) as T
    if (kept.isFine(read)) return read
  } catch {
    // Below.
  }
  throw new CliError(
    'input_invalid',
    `${path} is no ${kept.name} of this version. Nothing was sent. ${kept.otherwise}`,
  )
}
