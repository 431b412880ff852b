import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Capi, CapiError, createCapi } from '@capi/core'
import { outboxItem } from '@capi/core/outbox-test'
import { runChild } from '@capi/testing'
import { describe, expect, it } from 'vitest'
import { whoHolds } from '../src/file/holder.ts'
import { sqliteOutbox } from '../src/index.ts'
import { LANE, TIME } from './outbox-options.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()

describe('the outbox and its process', () => {
  it('keeps the process alive for an answer it owes, and no longer', async () => {
    const path = newPath()
    const { code, stdout, stderr } = await runChild(
      new URL('./children/idle.ts', import.meta.url),
      path,
    ).ended()
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'accepted\n', stderr: '' })
    const outbox = sqliteOutbox({ path })
    expect(await outbox.recover(TIME)).toEqual({ [LANE]: 1 })
    await outbox.close()
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
    const outbox = sqliteOutbox({ path, lockTimeoutMs: 100 })
    const refused = await outbox.put([outboxItem('a')], TIME).catch((error: unknown) => error)
    if (!CapiError.is(refused) || refused.code !== 'store_failed') throw refused
    expect(refused.problem).toBe('locked')
    expect(refused.retryable).toBe(true)
    expect(refused.message).toContain(
      `The outbox ${path} is in use. Process ${first.process.pid} has it. Events of this one cannot be kept until it ends: stop it, or set perProcess: true, with which each process has a file of its own.`,
    )
    first.process.stdin?.end()
    await first.ended()
    expect(await outbox.put([outboxItem('a'), outboxItem('held')], TIME)).toEqual([
      'accepted',
      'duplicate',
    ])
    await outbox.close()
  })

  it('waits for a former process that is still closing', async () => {
    const path = newPath()
    const first = runChild(new URL('./children/holder.ts', import.meta.url), path)
    await first.printed('ready')
    const outbox = sqliteOutbox({ path, lockTimeoutMs: 5_000 })
    const put = outbox.put([outboxItem('a')], TIME)
    first.process.stdin?.end()
    expect(await put).toEqual(['accepted'])
    await outbox.close()
  })

  it('refuses a second outbox of the same process as well, and says that it is the same', async () => {
    const path = newPath()
    const first = sqliteOutbox({ path })
    await first.recover(TIME)
    const second = sqliteOutbox({ path, lockTimeoutMs: 0 })
    const error = await second.recover(TIME).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ problem: 'locked' })
    expect(String(error)).toContain(
      `The outbox ${path} is in use. This process (${process.pid}) has it already: another client was made for the same path, as a hot reload or a second bundle does.`,
    )
    expect(String(error)).toContain('globalThis.capi ??= createCapi(')
    expect(await first.put([outboxItem('a')], TIME)).toEqual(['accepted'])
    await first.close()
    expect(await second.put([outboxItem('b')], TIME)).toEqual(['accepted'])
    await second.close()
  })

  it('takes over after a kill -9, and is not misled by what the dead process left', async () => {
    const path = newPath()
    const dead = runChild(new URL('./children/holder.ts', import.meta.url), path)
    await dead.printed('ready')
    dead.process.kill('SIGKILL')
    await dead.ended()
    expect(existsSync(`${path}-pid`)).toBe(true)
    const outbox = sqliteOutbox({ path, lockTimeoutMs: 5_000 })
    expect(await outbox.put([outboxItem('a')], TIME)).toEqual(['accepted'])
    const second = sqliteOutbox({ path, lockTimeoutMs: 0 })
    await expect(second.recover(TIME)).rejects.toThrow(`This process (${process.pid})`)
    await second.close()
    await outbox.close()
    expect(existsSync(`${path}-pid`)).toBe(false)
  })

  it.each([
    ['nothing', undefined],
    ['half a note', '{"pid":'],
    ['another space of process ids', JSON.stringify({ pid: process.pid, pidSpace: 'pid:[1]' })],
  ])('names no process where the note beside the file is %s', (_name, note) => {
    const path = newPath()
    mkdirSync(dirname(path))
    if (note !== undefined) writeFileSync(`${path}-pid`, note)
    expect(whoHolds(path)).toMatch(/^Another process has it\./)
  })

  it('tells an application that was reloaded what to do, in one line of the log', async () => {
    const path = newPath()
    const log: string[] = []
    const fetch = async () => Response.json({ events_received: 1 })
    const newClient = () =>
      createCapi({
        pixelId: LANE,
        accessToken: 'token',
        fetch,
        outbox: sqliteOutbox({ path, lockTimeoutMs: 0 }),
        logger: { warn: (line) => log.push(line), error: (line) => log.push(line) },
      })
    const event = { action_source: 'chat', user_data: { em: 'anna@example.com' } } as const
    const before = newClient()
    expect(await before.track('Lead', {}, event)).toMatchObject({ outcome: 'accepted' })
    const after = newClient()
    // Held in memory: the file is another's.
    expect(await after.track('Lead', {}, event)).toMatchObject({
      outcome: 'accepted',
      durable: false,
    })
    expect(log.filter((line) => line.includes('Make the client once and share it'))).toHaveLength(1)

    // What the line says: one client, however often the module is loaded.
    const host = globalThis as typeof globalThis & { capi?: Capi }
    host.capi = before
    const shared = () => (host.capi ??= newClient())
    expect(shared()).toBe(shared())
    expect(await shared().track('Lead', {}, event)).toMatchObject({ outcome: 'accepted' })
    delete host.capi
    await after.close({ timeoutMs: 0 })
    await before.close()
  })
})
