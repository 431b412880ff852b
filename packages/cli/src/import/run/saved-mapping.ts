import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CliError } from '../../shell/cli-error.ts'
import type { Answers, OwnColumns } from '../map/plan.ts'
import { isTarget } from '../sources/target.ts'

/** What was answered for a kind of file, to be used again. */
export interface SavedMapping {
  readonly version: 1
  readonly from: string
  readonly columns: OwnColumns
  readonly answers: Answers
}

export const mappingPath = (file: string, source: string) =>
  join(dirname(file), `capi-map.${source}.json`)

/** @throws CliError `input_invalid` */
export async function readMapping(
  path: string,
  isNamed: boolean,
): Promise<SavedMapping | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (!isNamed && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new CliError(
      'file_failed',
      `Cannot read the mapping ${path}. Nothing was sent. Check the path.`,
      error,
    )
  }
  try {
    const read = JSON.parse(text) as SavedMapping
    const targets = Object.values(read.columns)
    const isFine = targets.every((target) => target === null || isTarget(target))
    if (
      read.version === 1 &&
      typeof read.from === 'string' &&
      typeof read.answers === 'object' &&
      isFine
    )
      return read
  } catch {
    // Below.
  }
  throw new CliError(
    'input_invalid',
    `${path} is no mapping of this version. Nothing was sent. Delete it: it is made again.`,
  )
}

/** The mapping holds names of columns and no cell. */
export async function saveMapping(path: string, mapping: SavedMapping): Promise<void> {
  try {
    await writeFile(path, `${JSON.stringify(mapping, null, 2)}\n`)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw new CliError(
      'file_failed',
      `Cannot write the mapping ${path} (${code}). Nothing was sent. Pass --map with a path that can be written.`,
      error,
    )
  }
}
