import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { outboxItem } from '@capi/core/outbox-test'
import { describe, expect, it } from 'vitest'
import type { OutboxOptions } from '../src/outbox-options.ts'
import { ownFileEngine } from '../src/thread/own-file.ts'
import { drive, manyItems, REFUSAL } from './drive.ts'
import { LANE, NOW_MS, outboxOptions, TIME } from './outbox-options.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()
const open = (path: string, more: Partial<OutboxOptions> = {}) =>
  drive(outboxOptions(path, { perProcess: true, ...more }), ownFileEngine)

type Outbox = ReturnType<typeof open>

/** As core does now and then. */
function tidy(outbox: Outbox) {
  outbox.ask('dueLanes', TIME)
  outbox.keepUp()
  return outbox.losses()
}

const idsIn = (outbox: Outbox) => outbox.lease().items.map((item) => item.event_id)

describe('a file for each process', () => {
  it('is the first that no other has', () => {
    const path = newPath()
    const [first, second, third] = [open(path), open(path), open(path)]
    for (const outbox of [first, second, third]) outbox?.put(outboxItem('same'))
    expect([path, `${path}.2`, `${path}.3`].map((one) => existsSync(one))).toEqual([
      true,
      true,
      true,
    ])
    second.engine.close()
    const next = open(path)
    expect(next.queued()).toBe(1)
    expect(existsSync(`${path}.4`)).toBe(false)
    for (const outbox of [first, third, next]) outbox.engine.close()
  })

  it('is emptied by another process when its own is gone: what waits, dead letters, and what is remembered', () => {
    const path = newPath()
    const left = open(path)
    const gone = open(path)
    left.put(outboxItem('mine'))
    const remembered = outboxItem('sent', { rememberUntilMs: NOW_MS + 1e6 })
    gone.put(outboxItem('dead'), remembered, ...manyItems(250))
    const [dead, sent] = gone.lease(2).items
    if (dead === undefined || sent === undefined) throw new Error('none')
    gone.settle({ kind: 'dead', token: dead, cause: REFUSAL }, { kind: 'delivered', token: sent })
    const [mine] = left.lease().items
    if (mine === undefined) throw new Error('none')
    expect(tidy(left)).toEqual([])
    expect(left.queued()).toBe(1) // Its process lives.
    gone.engine.close()
    expect(tidy(left)).toEqual([])
    expect(left.ask('counts')[LANE]).toEqual({ queued: 251, dead: 1 })
    expect(left.put(remembered, outboxItem('e0'))).toEqual(['duplicate', 'duplicate'])
    expect(left.ask('readDead', {}, 9)).toMatchObject([
      { item: { event_id: 'dead' }, cause: REFUSAL, diedAtMs: NOW_MS },
    ])
    expect(left.settle({ kind: 'delivered', token: mine })).toEqual(['settled'])
    expect(idsIn(left)).toEqual(manyItems(250).map((item) => item.event_id))
    for (const suffix of ['', '-wal', '-pid', '-reserved'])
      expect(existsSync(`${path}.2${suffix}`)).toBe(false)
    left.engine.close()
  })

  it('is emptied after a kill as well, and several of them in turn', () => {
    const path = newPath()
    const outboxes = [open(path), open(path), open(path)]
    for (const [n, outbox] of outboxes.entries()) outbox.put(...manyItems(3, `p${n}.`))
    // As a kill leaves them: copies of what is there, and nothing is closed.
    const copies = newPath()
    const left = open(copies)
    left.put(outboxItem('own'))
    for (const [n, file] of [path, `${path}.2`, `${path}.3`].entries())
      for (const suffix of ['', '-wal'])
        writeFileSync(`${copies}.${n + 2}${suffix}`, readFileSync(file + suffix))
    tidy(left)
    expect(new Set(idsIn(left))).toEqual(
      new Set([
        'own',
        ...[0, 1, 2].flatMap((n) => manyItems(3, `p${n}.`).map((item) => item.event_id)),
      ]),
    )
    for (const outbox of [left, ...outboxes]) outbox.engine.close()
  })

  it('keeps what does not fit into the other', () => {
    const path = newPath()
    const left = open(path, { maxEvents: 150 })
    left.put(outboxItem('own'))
    const gone = open(path)
    gone.put(...manyItems(250))
    gone.engine.close()
    tidy(left)
    expect(left.queued()).toBe(101)
    left.settle(...left.lease().items.map((token) => ({ kind: 'delivered', token }) as const))
    tidy(left)
    expect(idsIn(left)).toEqual(
      manyItems(250)
        .slice(100)
        .map((item) => item.event_id),
    )
    expect(existsSync(`${path}.2`)).toBe(false)
    left.engine.close()
  })

  it('is put aside when it is damaged, and what it lost is reported', () => {
    const path = newPath()
    const left = open(path)
    left.put(outboxItem('own'))
    const gone = open(path)
    gone.put(...manyItems(60, 'e', 700))
    gone.engine.close()
    const file = readFileSync(`${path}.2`)
    file.fill(0, 7 * 8192, 14 * 8192)
    writeFileSync(`${path}.2`, file)
    const losses = [tidy(left), tidy(left), tidy(left)].flat()
    const lost = losses.reduce((sum, { count = 1 }) => sum + count, 0)
    expect(lost).toBeGreaterThan(0)
    expect(left.queued()).toBe(61 - lost)
    expect(left.damages()).toMatchObject([{ path: `${path}.2`, lost }])
    left.engine.close()
  })

  it('is not left for another one while it holds what is nowhere else', () => {
    const path = newPath()
    const outbox = open(path)
    outbox.put(...manyItems(2))
    rmSync(dirname(path), { recursive: true })
    const other = drive(outboxOptions(path))
    other.put(outboxItem('other'))
    expect(() => outbox.put(outboxItem('late'))).toThrow('locked')
    other.engine.close()
    expect(outbox.put(outboxItem('late'))).toEqual(['duplicate'])
    expect(outbox.queued()).toBe(4)
    outbox.engine.close()
  })
})
