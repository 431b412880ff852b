import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import { expect, it } from 'vitest'
import { sqliteOutbox } from '../src/index.ts'
import { TIME } from './outbox-options.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()

it('makes the folders of a relative path, as the README’s `var/capi-outbox.db`', async () => {
  const path = newPath('var/outbox.db')
  const outbox = sqliteOutbox({ path: relative(process.cwd(), path) })
  expect(await outbox.recover(TIME)).toBeDefined()
  await outbox.close()
  expect(existsSync(path)).toBe(true)
})
