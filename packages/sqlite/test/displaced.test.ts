import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { createCapi } from '@capi/core'
import { outboxItem } from '@capi/core/outbox-test'
import { runChild } from '@capi/testing'
import { describe, expect, it } from 'vitest'
import { type OutboxWarning, sqliteOutbox } from '../src/index.ts'
import { drive, manyItems, REFUSAL } from './drive.ts'
import { LANE, NOW_MS, outboxOptions, TIME } from './outbox-options.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()

/** What the next process finds. */
function heldIn(path: string): string[] {
  const next = drive(outboxOptions(path))
  const ids = next.lease().items.map((item) => item.event_id)
  next.engine.close()
  return ids.sort()
}

/** Ways in which a file goes missing while it is open. */
const DISPLACE: Readonly<Record<string, (path: string) => void>> = {
  'its folder was removed': (path) => rmSync(dirname(path), { recursive: true }),
  'it was removed': (path) => rmSync(path),
  'it and its -wal were removed': (path) => {
    for (const name of [path, `${path}-wal`]) rmSync(name)
  },
  'it was moved away': (path) => renameSync(path, `${path}.old`),
  'an empty file took its place': (path) => {
    rmSync(path)
    writeFileSync(path, '')
  },
  'a damaged file took its place': (path) => {
    rmSync(path)
    writeFileSync(path, 'no database'.repeat(2_000))
  },
}

describe('a file that goes missing while it is in use', () => {
  it.each(Object.keys(DISPLACE))('is noticed at the next commit: %s', (how) => {
    const path = newPath()
    const outbox = drive(outboxOptions(path))
    const remembered = outboxItem('sent', { rememberUntilMs: NOW_MS + 1e6 })
    outbox.put(outboxItem('dead'), remembered, ...manyItems(4))
    const [dead, sent, leased] = outbox.lease(3).items
    if (dead === undefined || sent === undefined || leased === undefined) throw new Error('none')
    outbox.settle({ kind: 'dead', token: dead, cause: REFUSAL }, { kind: 'delivered', token: sent })
    DISPLACE[how]?.(path)
    expect(outbox.put(outboxItem('after'))).toEqual(['accepted'])
    const told = outbox.incidents.filter(({ kind }) => kind !== 'corrupt')
    const kind = how.includes('took its place') ? 'replaced' : 'removed'
    expect(told).toEqual([{ kind, path, carriedOver: 5 }])
    // What is on its way, what was delivered and what died is as it was.
    expect(outbox.put(remembered, outboxItem('e0'))).toEqual(['duplicate', 'duplicate'])
    expect(outbox.settle({ kind: 'delivered', token: leased })).toEqual(['settled'])
    const letters = outbox.ask('readDead', {}, 9).map(({ item }) => item.event_id)
    expect(letters).toEqual(['dead'])
    expect(outbox.ask('counts')[LANE]).toEqual({ queued: 4, dead: 1 })
    outbox.engine.close()
    expect(heldIn(path)).toEqual(['after', 'e1', 'e2', 'e3'])
  })

  it('is noticed also when only its -wal is removed', () => {
    const path = newPath()
    const outbox = drive(outboxOptions(path))
    outbox.put(...manyItems(3))
    rmSync(`${path}-wal`)
    expect(outbox.put(outboxItem('after'))).toEqual(['accepted'])
    expect(outbox.incidents).toEqual([{ kind: 'removed', path: `${path}-wal`, carriedOver: 4 }])
    // As after a kill: nothing is closed.
    const copy = newPath()
    mkdirSync(dirname(copy))
    for (const suffix of ['', '-wal']) writeFileSync(copy + suffix, readFileSync(path + suffix))
    expect(heldIn(copy)).toEqual(['after', 'e0', 'e1', 'e2'])
    outbox.engine.close()
  })

  it('is made again by closing, where nothing was put since', () => {
    const path = newPath()
    const outbox = drive(outboxOptions(path))
    outbox.put(...manyItems(3))
    rmSync(dirname(path), { recursive: true })
    expect(outbox.engine.close()).toEqual([])
    expect(heldIn(path)).toEqual(['e0', 'e1', 'e2'])
  })

  it('keeps what another file holds that took its place, and the numbers that leases name', () => {
    const path = newPath()
    const outbox = drive(outboxOptions(path))
    outbox.put(...manyItems(3, 'ours'))
    const [leased] = outbox.lease(1).items
    if (leased === undefined) throw new Error('none')
    const other = newPath()
    const theirs = drive(outboxOptions(other))
    theirs.put(...manyItems(3, 'theirs'), outboxItem('ours1'))
    theirs.engine.close()
    renameSync(other, path)
    rmSync(`${path}-wal`)
    expect(outbox.put(outboxItem('after'))).toEqual(['accepted'])
    expect(outbox.incidents).toEqual([{ kind: 'replaced', path, carriedOver: 4 }])
    expect(outbox.settle({ kind: 'delivered', token: leased })).toEqual(['settled'])
    expect(outbox.put(outboxItem('theirs0'))).toEqual(['duplicate'])
    outbox.engine.close()
    const held = heldIn(path)
    expect(new Set(held)).toEqual(
      new Set(['after', 'ours1', 'ours2', 'theirs0', 'theirs1', 'theirs2']),
    )
  })

  it('takes nothing more as long as its place is taken, and says at the end what is lost', async () => {
    const path = newPath()
    const outbox = drive(outboxOptions(path))
    outbox.put(...manyItems(2))
    rmSync(dirname(path), { recursive: true })
    const other = runChild(new URL('./children/holder.ts', import.meta.url), path)
    await other.printed('ready')
    expect(() => outbox.put(outboxItem('late'))).toThrow('locked')
    expect(() => outbox.put(outboxItem('later'))).toThrow('locked')
    expect(outbox.engine.close()).toEqual([{ lane: LANE, reason: 'closed', count: 4 }])
    other.process.stdin?.end()
    expect(await other.ended()).toMatchObject({ code: 0 })
    expect(heldIn(path)).toEqual(['held'])
  })

  it('is taken up again as soon as its place is free', async () => {
    const path = newPath()
    const outbox = drive(outboxOptions(path))
    outbox.put(...manyItems(2))
    rmSync(dirname(path), { recursive: true })
    const other = runChild(new URL('./children/holder.ts', import.meta.url), path)
    await other.printed('ready')
    expect(() => outbox.put(outboxItem('late'))).toThrow('locked')
    other.process.stdin?.end()
    await other.ended()
    expect(outbox.put(outboxItem('late'))).toEqual(['duplicate'])
    outbox.engine.close()
    expect(heldIn(path)).toEqual(['e0', 'e1', 'held', 'late'])
  })

  it('costs a client nothing: all that was accepted as durable is delivered after a restart', async () => {
    const path = newPath()
    const incidents: OutboxWarning[] = []
    const client = (isDown: boolean, sent: string[] = []) =>
      createCapi({
        pixelId: LANE,
        accessToken: 'token',
        // A busy machine opens a file slowly. Events would wait in memory meanwhile, and this is about those in the file.
        putTimeoutMs: 20_000,
        outbox: sqliteOutbox({ path, onWarning: (one) => incidents.push(one) }),
        logger: { warn() {}, error() {} },
        async fetch(_url, init) {
          if (isDown) throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })
          const body = typeof init?.body === 'string' ? init.body : ''
          const { data } = JSON.parse(body) as { data: { event_id: string }[] }
          sent.push(...data.map((event) => event.event_id))
          return Response.json({ events_received: data.length })
        },
      })
    const event = { action_source: 'other', user_data: { external_id: 1 } } as const
    const before = client(true)
    const kept = async (event_id: string) => {
      const { outcome, durable } = await before.track('Lead', {}, { ...event, event_id })
      expect({ event_id, outcome, durable }).toEqual({ event_id, outcome: 'accepted' })
    }
    await kept('a')
    // In one step: the outbox may be making files in there.
    const gone = `${dirname(path)}.gone`
    renameSync(dirname(path), gone)
    rmSync(gone, { recursive: true })
    for (let n = 0; n < 20; n++) await kept(`b${n}`)
    expect(incidents).toMatchObject([{ kind: 'removed', path }])
    await before.close({ timeoutMs: 0 })
    expect(existsSync(path)).toBe(true)
    const sent: string[] = []
    const after = client(false, sent)
    await after.flush()
    await after.close()
    expect(sent.sort()).toEqual(['a', ...Array.from({ length: 20 }, (_, n) => `b${n}`)].sort())
  })
})

it('says in the process warning what was removed', async () => {
  const path = newPath()
  const outbox = sqliteOutbox({ path })
  await outbox.put([outboxItem('a')], TIME)
  const warned = new Promise<Error>((resolve) => process.once('warning', resolve))
  rmSync(path)
  expect(await outbox.put([outboxItem('b')], TIME)).toEqual(['accepted'])
  expect((await warned).message).toBe(
    `The outbox file ${path} was removed while it was in use; 2 events were taken over into the one that is there now. Keep it out of folders that a deployment or a cleaner empties.`,
  )
  await outbox.close()
})
