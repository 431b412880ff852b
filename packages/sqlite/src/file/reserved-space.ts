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
  /** Takes a part of it, when the disk has twice as much as all of it. @returns whether more is to be taken. */
  grow(): boolean
  /** Takes all of it. @returns whether it is there. */
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
  const size = () => (existsSync(file) ? statSync(file).size : 0)

  return {
    release,

    grow() {
      const held = size()
      if (held >= bytes) return false
      try {
        const { bavail, bsize } = statfsSync(dirname(resolve(path)))
        if (bavail * bsize + held >= 2 * bytes) {
          append(file, Math.min(CHUNK_BYTES, bytes - held))
          return size() < bytes
        }
      } catch {
        // Another process took the space meanwhile.
      }
      release()
      return false
    },

    restore() {
      while (this.grow());
      return size() >= bytes
    },
  }
}

/** With random bytes: a filesystem that compresses would hold back nothing for zeros. */
function append(file: string, count: number): void {
  const handle = openSync(file, 'a', 0o600)
  try {
    for (let left = count; left > 0; ) left -= writeSync(handle, randomBytes(left))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
