import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()
const SOURCE = fileURLToPath(new URL('./hanging-disk.c', import.meta.url))
const CHILD = fileURLToPath(new URL('./children/hanging.ts', import.meta.url))

function hasCompiler(): boolean {
  try {
    execFileSync('gcc', ['--version'], { stdio: 'ignore' })
    return process.platform === 'linux'
  } catch {
    return false
  }
}

describe.skipIf(!hasCompiler())('a disk that hangs', () => {
  it('fills a bounded memory, and costs none of those it was handed', {
    timeout: 60_000,
  }, async () => {
    const path = newPath()
    const folder = dirname(path)
    mkdirSync(folder)
    const library = join(folder, 'hanging-disk.so')
    execFileSync('gcc', ['-shared', '-fPIC', '-o', library, SOURCE, '-ldl'])
    const flag = join(folder, 'hangs')
    const child = spawn(
      process.execPath,
      ['--conditions=@capi/source', CHILD, path, flag, '30000'],
      { env: { ...process.env, LD_PRELOAD: library, HANG_FILE: path, HANG_FLAG: flag } },
    )
    const ended = once(child, 'exit')
    const said = JSON.parse(await text(child.stdout)) as Record<string, unknown>
    await ended
    expect(said).toEqual({
      isHanging: true,
      accepted: 20_000,
      busy: 10_000,
      other: 0,
      late: 'accepted',
      queued: 20_002,
    })
  })
})
