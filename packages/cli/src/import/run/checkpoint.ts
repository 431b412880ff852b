import { rename, rm, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { CliError } from '../../shell/cli-error.ts'
import type { Place, SourceFile } from '../read/source-file.ts'
import { readKeptFile } from './kept-file.ts'
import type { Counts } from './tally.ts'

/** Up to where a file is settled. Stands beside it, as `<file>.capi.json`. */
export interface Checkpoint {
  readonly version: 1
  readonly file: string
  readonly pixelId: string
  /** Absent: nothing is settled yet. */
  readonly place?: Place | undefined
  /** Line of the last settled row. */
  readonly line: number
  readonly counts: Counts
  /** Where refused rows are, and how long that file was. */
  readonly failed?: string
  readonly failedBytes: number
  readonly isFinished: boolean
  readonly writtenAt: string
}

export const checkpointPath = (path: string) => `${path}.capi.json`

function readCheckpoint(path: string): Promise<Checkpoint | undefined> {
  return readKeptFile<Checkpoint>(path, {
    name: 'checkpoint',
    advice: 'Check its permissions.',
    otherwise:
      'Delete it to send the whole file again: orders that Meta had from you within the last two days count once, older ones twice.',
    isNamed: false,
    isFine: ({ version, counts }) => version === 1 && typeof counts?.orders === 'number',
  })
}

/** Whole or not at all, whatever ends the process. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const next = `${path}.tmp`
  try {
    await writeFile(next, `${JSON.stringify(checkpoint, null, 2)}\n`, { mode: 0o600, flush: true })
    await rename(next, path)
  } catch (error) {
    await rm(next, { force: true }).catch(() => {})
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw new CliError('file_failed', `Cannot write the checkpoint ${path} (${code}).`, error)
  }
}

/** Whether the file still begins with what was settled. */
async function isOfFile({ place }: Checkpoint, file: SourceFile): Promise<boolean> {
  if (place === undefined) return true
  return place.endBytes <= file.size && (await file.hashOf(place.endBytes)) === place.sha256
}

/** What to do about a checkpoint that is there. */
export interface Start {
  readonly resume?: boolean
  readonly restart?: boolean
  readonly pixelId: string
}

/**
 * The checkpoint to go on from; undefined: from the beginning.
 * @throws CliError `input_invalid`, where going on or beginning anew would send rows twice or not at all
 */
export async function startFrom(
  path: string,
  file: SourceFile,
  { resume = false, restart = false, pixelId }: Start,
): Promise<Checkpoint | undefined> {
  const found = restart ? undefined : await readCheckpoint(path)
  if (found === undefined || found.counts.orders === 0) return undefined
  const isSame = await isOfFile(found, file)
  const name = basename(file.path)
  if (!isSame && found.isFinished && !resume) return undefined
  if (!isSame)
    throw invalid(
      `The checkpoint ${path} is of another file: what it says was sent does not stand in ${name}. Nothing was sent. Put back the file it was made with and pass --resume, or pass --restart to upload ${name} from its beginning.`,
    )
  if (found.pixelId !== pixelId)
    throw invalid(
      `${name} was uploaded to another dataset (${found.pixelId}) up to line ${found.line}. Nothing was sent. Pass --restart to upload it to ${pixelId} from its beginning.`,
    )
  if (found.isFinished && found.place?.endBytes === file.size && !resume)
    throw invalid(
      `${name} was uploaded on ${found.writtenAt}: ${found.counts.delivered} events. Nothing was sent. To send it again, pass --restart; what Meta had within the last two days counts once, the rest twice.`,
    )
  if (!resume)
    throw invalid(
      `${name} was uploaded up to line ${found.line}. Nothing was sent. Pass --resume to go on from there, or --restart to begin anew.`,
    )
  return found
}

const invalid = (message: string) => new CliError('input_invalid', message)
