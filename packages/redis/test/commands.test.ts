import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished } from 'vitest'
import { SCRIPTS } from '../src/scripts.ts'
import { isRedisHere, redisForTests } from './redis.ts'

const place = await redisForTests()
const TEXT = Object.values(SCRIPTS)
  .map(({ text }) => text)
  .join('\n')
const used = [
  ...new Set(Array.from(TEXT.matchAll(/\b(?:call|pcall)\('([A-Z]+)'/g), ([, name]) => name)),
]

/** Words that came to commands used here, by the version that brought them. Source: redis.io/docs, history of each command, read 2026-11-28. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  "'('": '6.2.0', // XRANGE, XREVRANGE: exclusive bounds
  NX: '2.6.12', // SET
  PX: '2.6.12', // SET
  XX: '3.0.2', // ZADD
  LIMIT: '1.0.5', // ZRANGEBYSCORE
  COUNT: '5.0.0', // XRANGE
  WITHSCORES: '1.0.5', // ZRANGE
}
const isOld = (since: string) => since.localeCompare('6.2.0', 'en', { numeric: true }) <= 0

describe('what the scripts use', () => {
  it('are twenty-odd commands', () => {
    expect(used.length).toBeGreaterThan(20)
  })

  it.skipIf(!isRedisHere)('are commands no newer than Redis 6.2', async () => {
    const redis = new Redis(place)
    onTestFinished(() => redis.disconnect())
    for (const name of [...used, 'EVAL', 'EVALSHA']) {
      const [info] = (await redis.call('COMMAND', 'INFO', name ?? '')) as unknown[]
      // 6.2 has it, or has not, and does not say since when.
      const docs = await redis.call('COMMAND', 'DOCS', name ?? '').catch(() => ({ since: '6.2.0' }))
      const found = /since[",:\s]+"?(\d+\.\d+\.\d+)/.exec(JSON.stringify(info && docs))
      const since = found?.[1] ?? 'unknown'
      expect([name, since, isOld(since)]).toEqual([name, since, true])
    }
  })

  it('are arguments no newer than Redis 6.2', () => {
    const words = TEXT.matchAll(
      /'(NX|XX|GT|LT|PX|EX|EXAT|PXAT|KEEPTTL|GET|BYSCORE|BYLEX|REV|LIMIT|COUNT|WITHSCORES|FIELDS|MINID|NOMKSTREAM)'(?=[,)])/g,
    )
    const found = [...new Set(Array.from(words, ([, word]) => word ?? ''))]
    expect(found.length).toBeGreaterThan(5)
    for (const word of found) {
      if (word === 'GET') continue // The command.
      expect([word, isOld(ARGUMENTS[word] ?? 'unknown')]).toEqual([word, true])
    }
  })

  it('is no global or function that came with Redis 7', () => {
    expect(TEXT).not.toMatch(/#!lua|redis\.(?:setresp|acl_check_cmd|register_function)|\bserver\./)
  })
})
