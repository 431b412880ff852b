import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runChild } from '@capi/testing'
import { afterAll, beforeEach } from 'vitest'
import { slowMeta } from './meta.ts'

/** A Meta, and shops that send to it from processes of their own. */
export async function shopWorld() {
  const meta = await slowMeta()
  beforeEach(() => meta.forget())
  // Made by the first shop: where all tests are skipped, nothing removes it.
  let folder: string | undefined
  afterAll(() => folder && rmSync(folder, { recursive: true, force: true }))
  return {
    meta,
    newShop: (port: number, name: string) => {
      folder ??= mkdtempSync(join(tmpdir(), 'capi-redis-'))
      const list = join(folder, name)
      return {
        /** What the shops accepted, one after the other; a line cut by a kill is none. */
        sold: () => readFileSync(list, 'utf8').split('\n').slice(0, -1),
        start: (first = 0, count = 0) =>
          runChild(
            new URL('./children/shop.ts', import.meta.url),
            String(port),
            name,
            meta.baseUrl,
            list,
            String(first),
            String(count),
          ),
      }
    },
  }
}
