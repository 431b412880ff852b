import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import { expect, it } from 'vitest'
import { sqliteStore } from '../src/index.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()

it('makes the folders of a relative path, as the README’s `var/capi-outbox.db`', async () => {
  const path = newPath('var/outbox.db')
  const store = sqliteStore({ path: relative(process.cwd(), path) })
  expect(await store.recover()).toBeDefined()
  await store.close()
  expect(existsSync(path)).toBe(true)
})
