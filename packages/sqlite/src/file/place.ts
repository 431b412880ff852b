import { statSync } from 'node:fs'

/** What became of a file that is open: its name leads to nothing, or to another file. */
export interface Displaced {
  readonly kind: 'removed' | 'replaced'
  /** The database file, or the `-wal` beside it. */
  readonly path: string
}

/**
 * Watches whether the database file and its `-wal` are where the next start looks for them. SQLite goes on writing into
 * a file that was removed, and notices nothing. To be made once both files are there.
 * @returns a look that says what became of them; undefined: they are in place
 */
export function watchPlace(path: string): () => Displaced | undefined {
  const files = [path, `${path}-wal`].map((name) => ({ name, opened: identityOf(name) }))
  return () => {
    for (const { name, opened } of files) {
      const now = identityOf(name)
      // A folder that may not be looked into says nothing of the file.
      if ((now === opened && now !== 'none') || now === 'unknown') continue
      return { kind: now === 'none' ? 'removed' : 'replaced', path: name }
    }
    return undefined
  }
}

function identityOf(path: string): string {
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    return found === undefined ? 'none' : `${found.dev}:${found.ino}`
  } catch {
    return 'unknown'
  }
}
