import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it, onTestFinished } from 'vitest'
import { survivesARestart } from './survives-a-restart.ts'

it('keeps on disk what Meta could not take, and sends it after the next start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kobalt-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  await survivesARestart({ SHOP_OUTBOX: join(folder, 'outbox.db') })
})
