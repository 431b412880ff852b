import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { outboxItem } from '@capi/core/outbox-test'
import { describe, expect, it } from 'vitest'
import { closeConnection, numberOf, openConnection } from '../src/file/connection.ts'
import { refuseNetworkFilesystem } from '../src/file/filesystem.ts'
import { MIGRATIONS, migrate } from '../src/file/schema.ts'
import { drive } from './drive.ts'
import { outboxOptions } from './outbox-options.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()

describe('openConnection', () => {
  it.each([
    ['strict', 2],
    ['fast', 1],
  ] as const)('sets what makes %s durable', (durability, synchronous) => {
    const { db } = openConnection(outboxOptions(newPath(), { durability }))
    expect(numberOf(db, 'PRAGMA synchronous')).toBe(synchronous)
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
    expect(db.prepare('PRAGMA locking_mode').get()).toEqual({ locking_mode: 'exclusive' })
    expect(numberOf(db, 'PRAGMA auto_vacuum')).toBe(2)
    expect(numberOf(db, 'PRAGMA secure_delete')).toBe(2)
    closeConnection(db)
  })

  it('lets nobody else read the files', () => {
    const path = newPath()
    const { db } = openConnection(outboxOptions(path))
    for (const file of [path, `${path}-wal`]) expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700)
    closeConnection(db)
  })

  it('refuses a file of a newer version, and leaves it as it is', () => {
    const path = newPath()
    const { db } = openConnection(outboxOptions(path))
    db.exec('PRAGMA user_version = 99')
    closeConnection(db)
    const before = readFileSync(path)
    expect(() => drive(outboxOptions(path)).put(outboxItem('a'))).toThrow('newer_version')
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('refuses a database of somebody else, and leaves it as it is', () => {
    const path = newPath()
    mkdirSync(dirname(path))
    const db = new DatabaseSync(path)
    db.exec('CREATE TABLE orders (id INTEGER)')
    db.close()
    const before = readFileSync(path)
    expect(() => openConnection(outboxOptions(path))).toThrow('is a database of something else')
    expect(() => drive(outboxOptions(path)).put(outboxItem('a'))).toThrow('unknown')
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('says so when the place cannot hold a file', () => {
    const file = newPath()
    mkdirSync(dirname(file))
    writeFileSync(file, '')
    expect(() => drive(outboxOptions(`${file}/outbox.db`)).put(outboxItem('a'))).toThrow('io')
    expect(() => drive(outboxOptions(dirname(file))).put(outboxItem('a'))).toThrow('io')
  })

  it('opens again after a place that could not hold it was mended', () => {
    const path = newPath()
    const outbox = drive(outboxOptions(path, { maxPages: 1 }))
    expect(() => outbox.put(outboxItem('a'))).toThrow('disk_full')
    const roomy = drive(outboxOptions(path))
    expect(roomy.put(outboxItem('a'))).toEqual(['accepted'])
    roomy.engine.close()
  })
})

describe('migrate', () => {
  it('brings an older file up step by step, and keeps its rows', () => {
    const path = newPath()
    const outbox = drive(outboxOptions(path))
    outbox.put(outboxItem('a'))
    outbox.engine.close()
    const db = new DatabaseSync(path)
    const next = [
      ...MIGRATIONS,
      'ALTER TABLE outbox ADD COLUMN priority INTEGER NOT NULL DEFAULT 7',
    ]
    migrate(db, 1, next)
    expect(numberOf(db, 'PRAGMA user_version')).toBe(2)
    expect(db.prepare('SELECT event_id, priority FROM outbox').all()).toEqual([
      { event_id: 'a', priority: 7 },
    ])
    db.close()
  })

  it('changes nothing when a step fails', () => {
    const db = new DatabaseSync(':memory:')
    expect(() => migrate(db, 0, [...MIGRATIONS, 'nonsense'])).toThrow('syntax error')
    expect(numberOf(db, 'PRAGMA user_version')).toBe(0)
    expect(db.prepare('SELECT * FROM sqlite_schema').all()).toEqual([])
    db.close()
  })
})

describe('refuseNetworkFilesystem', () => {
  // A signed reading of 0xff534d42 as well.
  it.runIf(process.platform === 'linux').each([0x6969, 0xff534d42, 0xff534d42 | 0, 0x65735546])(
    'refuses type %i',
    (type) => {
      expect(() => refuseNetworkFilesystem('/srv/outbox.db', () => type)).toThrow('local disk')
    },
  )

  it('takes ext4, and asks the nearest folder there is', () => {
    const asked: string[] = []
    refuseNetworkFilesystem('/no-such-folder/below/outbox.db', (folder) => {
      asked.push(folder)
      return 0xef53
    })
    if (process.platform === 'linux') expect(asked).toEqual(['/'])
  })
})
