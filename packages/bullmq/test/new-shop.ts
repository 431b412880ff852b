import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach } from 'vitest'
import { runChild } from './children/run-child.ts'
import { slowMeta } from './meta.ts'

/** A Meta, and shops that send to it from processes of their own. */
export async function shopWorld() {
  const meta = await slowMeta()
  beforeEach(() => meta.forget())
  const folder = mkdtempSync(join(tmpdir(), 'capi-bullmq-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return {
    meta,
    newShop: (port: number, name: string) => {
      const list = join(folder, name)
      return {
        /** What the shops accepted, one after the other; a line cut by a kill is none. */
        sold: () => readFileSync(list, 'utf8').split('\n').slice(0, -1),
        start: (first = 0, count = 0) =>
          runChild('shop', String(port), name, meta.baseUrl, list, String(first), String(count)),
      }
    },
  }
}
