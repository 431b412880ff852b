import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  statfsSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'
import { failure } from '../outbox-problem.ts'

/** Linux's `f_type` of filesystems whose locks or syncs may not hold. Source: man 2 statfs. */
const NETWORK: Readonly<Record<number, string>> = {
  26985: 'NFS',
  20859: 'SMB',
  4283649346: 'CIFS',
  4266872130: 'SMB2',
  16914839: '9p',
  1702057286: 'FUSE',
}

/** Makes what is missing, for its owner alone. The `-wal` beside it gets the mode of the file. */
export function prepareFile(path: string): void {
  const folder = dirname(resolve(path))
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (made !== undefined) syncNames(folder, dirname(made))
  // Only a file that is not there is opened: closing any handle of a file drops this process's locks on it.
  if (existsSync(path)) return
  try {
    closeSync(openSync(path, 'ax', 0o600))
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error // Another process was faster.
  }
}

export function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    accessSync(dirname(path), constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** A power cut must not take the new folders with all that was kept in them; SQLite syncs only the last. */
function syncNames(from: string, to: string): void {
  for (let folder = from; folder !== to; ) {
    folder = dirname(folder)
    try {
      const handle = openSync(folder, 'r')
      fsyncSync(handle)
      closeSync(handle)
    } catch {
      return // Windows has no such thing, and a folder above may not be readable.
    }
  }
}

/** @throws OutboxFailure `network_filesystem` */
export function refuseNetworkFilesystem(
  path: string,
  typeOf: (folder: string) => number = (folder) => statfsSync(folder).type,
): void {
  if (process.platform !== 'linux') return // The numbers mean something else there.
  let folder = dirname(resolve(path))
  while (!existsSync(folder)) folder = dirname(folder)
  const name = NETWORK[typeOf(folder) >>> 0]
  if (name !== undefined) throw failure('network_filesystem', path, name)
}
