import type { IRedisClient, IRedisTransaction } from 'bullmq'

/**
 * What BullMQ does not know: which pixel an event is for, when it expires, and that it was delivered. For each pixel the ids that
 * wait or are leased stand in a sorted set, by expiry: counting and finding old ones costs the same however many wait. Every
 * script may be repeated and changes only what is so: a crash between BullMQ's script and ours leaves an entry too many at
 * worst, and `mend` takes it out.
 *
 * KEYS[1] is the set of pixels, `<prefix>:<queue>:capi:lanes`; ARGV[1] is `<prefix>:<queue>:`. A remembered event is the hash
 * of its job with the one field `until`: BullMQ itself refuses its id.
 */
const SCRIPTS = {
  /** ARGV: now, ids. @returns 1 for each id that waits, is leased or is remembered. */
  known: `
    local found = {}
    for i = 3, #ARGV do
      local key = ARGV[1] .. ARGV[i]
      local untilMs = redis.call('HGET', key, 'until')
      if untilMs and tonumber(untilMs) <= tonumber(ARGV[2]) then redis.call('DEL', key) end
      found[#found + 1] = redis.call('EXISTS', key)
    end
    return found`,

  /** ARGV: id, lane, expiry and again. Takes those that are there into account. */
  note: `
    for i = 2, #ARGV, 3 do
      if redis.call('HEXISTS', ARGV[1] .. ARGV[i], 'data') == 1 then
        redis.call('ZADD', ARGV[1] .. 'capi:lane:' .. ARGV[i + 1], ARGV[i + 2], ARGV[i])
        redis.call('SADD', KEYS[1], ARGV[i + 1])
      end
    end`,

  /** ARGV: now, then id, lane, remember until and again. Of those that are gone or completed, only the memory stays. */
  forget: `
    for i = 3, #ARGV, 3 do
      local id, untilMs = ARGV[i], tonumber(ARGV[i + 2])
      local key = ARGV[1] .. id
      local isDone = redis.call('ZREM', ARGV[1] .. 'completed', id) == 1
      if isDone then
        redis.call('DEL', key)
        if untilMs > tonumber(ARGV[2]) then
          redis.call('HSET', key, 'until', ARGV[i + 2])
          redis.call('PEXPIRE', key, untilMs - tonumber(ARGV[2]))
        end
      end
      if redis.call('HEXISTS', key, 'data') == 0 then
        redis.call('ZREM', ARGV[1] .. 'capi:lane:' .. ARGV[i + 1], id)
      end
    end`,

  /** ARGV: id. @returns 'held' when such an event waits or is leased. */
  state: `
    local key = ARGV[1] .. ARGV[2]
    if redis.call('HEXISTS', key, 'data') == 0 then return 'gone' end
    if redis.call('ZSCORE', ARGV[1] .. 'completed', ARGV[2]) then return 'gone' end
    return 'held'`,

  /** @returns lane, how many it holds, and again; none that holds nothing. */
  counts: `
    local counts = {}
    for _, lane in ipairs(redis.call('SMEMBERS', KEYS[1])) do
      local count = redis.call('ZCARD', ARGV[1] .. 'capi:lane:' .. lane)
      if count > 0 then
        counts[#counts + 1] = lane
        counts[#counts + 1] = count
      end
    end
    return counts`,

  /** ARGV: lane. */
  count: `return redis.call('ZCARD', ARGV[1] .. 'capi:lane:' .. ARGV[2])`,

  /** ARGV: now, most. @returns ids of events that expired, of every lane. */
  expired: `
    local ids = {}
    for _, lane in ipairs(redis.call('SMEMBERS', KEYS[1])) do
      local room = ARGV[3] - #ids
      if room <= 0 then break end
      local old = redis.call('ZRANGEBYSCORE', ARGV[1] .. 'capi:lane:' .. lane, '-inf', ARGV[2], 'LIMIT', 0, room)
      for _, id in ipairs(old) do ids[#ids + 1] = id end
    end
    return ids`,

  /** ARGV: now, lane, cursor, most. Looks at some entries of a lane and takes out what is not there. @returns the next cursor. */
  mend: `
    local lanes = ARGV[1] .. 'capi:lane:' .. ARGV[3]
    local page = redis.call('ZSCAN', lanes, ARGV[4], 'COUNT', ARGV[5])
    for i = 1, #page[2], 2 do
      local id = page[2][i]
      local key = ARGV[1] .. id
      local data = redis.call('HGET', key, 'data')
      local isDone = redis.call('ZREM', ARGV[1] .. 'completed', id) == 1
      if isDone then
        local untilMs = data and cjson.decode(data)['rememberUntilMs'] or 0
        redis.call('DEL', key)
        if untilMs > tonumber(ARGV[2]) then
          redis.call('HSET', key, 'until', string.format('%.0f', untilMs))
          redis.call('PEXPIRE', key, string.format('%.0f', untilMs - ARGV[2]))
        end
      end
      if isDone or not data then redis.call('ZREM', lanes, id) end
    end
    if redis.call('ZCARD', lanes) == 0 then redis.call('SREM', KEYS[1], ARGV[3]) end
    return page[1]`,
} as const

export type ScriptName = keyof typeof SCRIPTS

const commandOf = (name: string) => `capi:${name}:1`

export function defineScripts(client: IRedisClient): void {
  for (const [name, lua] of Object.entries(SCRIPTS))
    client.defineCommand(commandOf(name), { numberOfKeys: 1, lua })
}

/** Runs scripts on the keys of one queue. `toKey` is the queue's. */
export function scriptRunner(toKey: (type: string) => string) {
  const given = [toKey('capi:lanes'), toKey('')]
  return {
    run: (client: IRedisClient, name: ScriptName, ...args: (string | number)[]): Promise<unknown> =>
      client.runCommand(commandOf(name), [...given, ...args]),
    queue(multi: IRedisTransaction, name: ScriptName, ...args: (string | number)[]): void {
      multi.runCommand(commandOf(name), [...given, ...args])
    },
  }
}
