import { CapiError } from '@capi/core'
import { outboxItem, runChild } from '@capi/testing'
import { describe, expect, it } from 'vitest'
import { sqliteStore } from '../src/index.ts'
import { LANE, NOW_MS } from './outbox-options.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()

describe('the store and its process', () => {
  it('keeps the process alive for an answer it owes, and no longer', async () => {
    const path = newPath()
    const { code, stdout, stderr } = await runChild(
      new URL('./children/idle.ts', import.meta.url),
      path,
    ).ended()
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'accepted\n', stderr: '' })
    const store = sqliteStore({ path })
    expect(await store.recover()).toEqual({ [LANE]: 1 })
    await store.close()
  })

  it('closes also when nothing else keeps the process alive', async () => {
    const ended = await runChild(
      new URL('./children/closing.ts', import.meta.url),
      newPath(),
    ).ended()
    expect(ended).toEqual({ code: 0, stdout: 'closed\n', stderr: '' })
  })

  it('refuses a second process, and takes over when the first has gone', async () => {
    const path = newPath()
    const first = runChild(new URL('./children/holder.ts', import.meta.url), path)
    await first.printed('ready')
    const store = sqliteStore({ path, lockTimeoutMs: 100 })
    const refused = await store.put([outboxItem('a')], NOW_MS).catch((error: unknown) => error)
    if (!CapiError.is(refused) || refused.code !== 'store_failed') throw refused
    expect(refused.problem).toBe('locked')
    expect(refused.retryable).toBe(true)
    expect(refused.message).toContain(path)
    first.process.stdin?.end()
    await first.ended()
    expect(await store.put([outboxItem('a'), outboxItem('held')], NOW_MS)).toEqual([
      'accepted',
      'duplicate',
    ])
    await store.close()
  })

  it('waits for a former process that is still closing', async () => {
    const path = newPath()
    const first = runChild(new URL('./children/holder.ts', import.meta.url), path)
    await first.printed('ready')
    const store = sqliteStore({ path, lockTimeoutMs: 5_000 })
    const put = store.put([outboxItem('a')], NOW_MS)
    first.process.stdin?.end()
    expect(await put).toEqual(['accepted'])
    await store.close()
  })

  it('refuses a second store of the same process as well', async () => {
    const path = newPath()
    const first = sqliteStore({ path })
    await first.recover()
    const second = sqliteStore({ path, lockTimeoutMs: 0 })
    await expect(second.recover()).rejects.toMatchObject({ problem: 'locked' })
    await second.close()
    expect(await first.put([outboxItem('a')], NOW_MS)).toEqual(['accepted'])
    await first.close()
  })
})
