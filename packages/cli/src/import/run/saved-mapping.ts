import { readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sha256 } from '@capi/core'
import { CliError } from '../../shell/cli-error.ts'
import type { Answers, OwnColumns } from '../map/plan.ts'
import { FREE } from '../sources/free.ts'
import { isTarget } from '../sources/target.ts'
import { readKeptFile } from './kept-file.ts'

/** What was answered for a kind of file, to be used again. */
export interface SavedMapping {
  readonly version: 1
  readonly from: string
  readonly columns: OwnColumns
  readonly answers: Answers
}

/** Files of one's own are told apart by their header: what was answered for one till is not true of another. */
export function mappingPath(file: string, source: string, folded: readonly string[]): string {
  const mark = source === FREE.name ? `-${fingerprint(folded)}` : ''
  return join(dirname(file), `capi-map.${source}${mark}.json`)
}

/** That of a file of refused rows is that of the file they are from. */
const fingerprint = (folded: readonly string[]) =>
  sha256(JSON.stringify(folded.filter((name) => !OWN.has(name)))).slice(0, 8)

const OWN: ReadonlySet<string> = new Set(['capi line', 'capi code', 'capi fix'])

/** The columns that mappings beside the file name: where all of one stand is the header. */
export async function savedColumns(file: string): Promise<readonly (readonly string[])[]> {
  const folder = dirname(file)
  const names = await readdir(folder).catch(() => [])
  const own = names.filter(
    (name) => name.startsWith(`capi-map.${FREE.name}-`) && name.endsWith('.json'),
  )
  const read = await Promise.all(
    own.map((name) => readMapping(join(folder, name), false).catch(() => undefined)),
  )
  return read
    .map((mapping) => Object.keys(mapping?.columns ?? {}))
    .filter(({ length }) => length > 0)
}

/** @throws CliError `file_failed`, `input_invalid` */
export function readMapping(path: string, isNamed: boolean): Promise<SavedMapping | undefined> {
  return readKeptFile<SavedMapping>(path, {
    name: 'mapping',
    advice: 'Check the path.',
    otherwise: 'Delete it: it is made again.',
    isNamed,
    isFine: ({ version, from, answers, columns }) =>
      Object.values(columns).every((target) => target === null || isTarget(target)) &&
      version === 1 &&
      typeof from === 'string' &&
      typeof answers === 'object',
  })
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
