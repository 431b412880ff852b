import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'

const CHUNK_BYTES = 1024 * 1024

/** Space held back on the disk: also a settlement has to write before it frees anything. */
export interface ReservedSpace {
  /** Gives the space up. */
  release(): void
  /** Takes it again when the disk has twice as much. @returns whether it is there. */
  restore(): boolean
}

export function reservedSpace(path: string, bytes: number): ReservedSpace {
  const file = `${path}-reserved`
  function release(): void {
    try {
      rmSync(file, { force: true })
    } catch {
      // The folder cannot be written: there is nothing to get moving either.
    }
  }
  return {
    release,
    restore() {
      if (bytes === 0) return true
      try {
        if (existsSync(file) && statSync(file).size >= bytes) return true
        release() // Its writer was killed half way.
        const { bavail, bsize } = statfsSync(dirname(resolve(path)))
        if (bavail * bsize < 2 * bytes) return false
        fill(file, bytes)
        return true
      } catch {
        release()
        return false // Another process took the space meanwhile.
      }
    },
  }
}

/** With random bytes: a filesystem that compresses would hold back nothing for zeros. */
function fill(file: string, bytes: number): void {
  const handle = openSync(file, 'wx', 0o600)
  try {
    const chunk = randomBytes(CHUNK_BYTES)
    for (let written = 0; written < bytes; ) written += writeSync(handle, chunk)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
