import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** A new folder of the test file's own, removed at its end. */
export function tempFolder(): (name?: string) => string {
  const root = mkdtempSync(join(tmpdir(), 'capi-sqlite-'))
  afterAll(() => rmSync(root, { recursive: true, force: true }))
  let n = 0
  return (name = 'outbox.db') => join(root, String(++n), name)
}
