import { type Script, toScript } from './redis-client.ts'

/**
 * KEYS[1] is the root of all keys, with a hash tag: one slot of a cluster.
 *
 * `keys`: key of each event held → the put that brought it. `s:<lane>`: events in the order they were put, a stream of key
 * and record. `at`: lane → the last one that was ever leased; those behind it are due. `z:<lane>`: leased ones by the end of
 * their lease, and those to be retried by their due moment, in microseconds. `t:<lane>`: id → `<fence>:<attempts>` of
 * those; fence 0: not leased. `x:<lane>`: all by expiry. `lanes`: by the moment their next event is due. `r:<key>`: delivered,
 * and remembered. `dead`: dead letters, `gone`: their names by expiry. `n:<call>`: what a call did that may be repeated.
 *
 * Every script may run twice: a client sends it again after a cut. No command and no argument is newer than Redis 6.2.
 * Lists are 1,000 long at most: Lua cannot `unpack` more than some 8,000 values.
 */
const ROOT = 'local p = KEYS[1] '

const CLOCK = `
  local time = redis.call('TIME')
  local us = time[1] * 1000000 + time[2]
  local function text(n) return string.format('%.0f', n) end
  local function entry(lane, id) return redis.call('XRANGE', p .. ':s:' .. lane, id, id)[1] end
  local function putAt(id) return string.match(id, '^%d+') * 1000 end
`

/** A full Redis refuses a script whose first write takes memory, and no other: without this, nothing would drain. */
const DRAIN = `
  ${CLOCK}
  redis.call('ZREM', p .. ':lanes', '')
  local function isLeased(lane, id)
    local state = redis.call('HGET', p .. ':t:' .. lane, id) or '0:0'
    return string.sub(state, 1, 2) ~= '0:' and tonumber(redis.call('ZSCORE', p .. ':z:' .. lane, id) or 0) > us
  end
  local function drop(lane, ids, keys)
    if #ids == 0 then return end
    for _, set in ipairs({ ':z:', ':x:' }) do redis.call('ZREM', p .. set .. lane, unpack(ids)) end
    redis.call('HDEL', p .. ':t:' .. lane, unpack(ids))
    redis.call('XDEL', p .. ':s:' .. lane, unpack(ids))
    redis.call('HDEL', p .. ':keys', unpack(keys))
  end
  local function plan(lane)
    local at = redis.call('HGET', p .. ':at', lane) or '0-0'
    local fresh = redis.call('XRANGE', p .. ':s:' .. lane, '(' .. at, '+', 'COUNT', 1)[1]
    local due = tonumber(redis.call('ZRANGE', p .. ':z:' .. lane, 0, 0, 'WITHSCORES')[2])
    if fresh then due = math.min(due or math.huge, putAt(fresh[1])) end
    if due then redis.call('ZADD', p .. ':lanes', text(due), lane) return due end
    redis.call('HDEL', p .. ':at', lane)
    if redis.call('XLEN', p .. ':s:' .. lane) > 0 then redis.call('ZADD', p .. ':lanes', text(us), lane) return us end
    redis.call('ZREM', p .. ':lanes', lane)
    redis.call('DEL', p .. ':s:' .. lane)
  end
`

/** ARGV[1] names the call: repeated, it answers as it did the first time. */
const ONCE = `
  ${DRAIN}
  local kept = redis.call('GET', p .. ':n:' .. ARGV[1])
  if kept then return cjson.decode(kept) end
  local function answer(one)
    redis.call('SET', p .. ':n:' .. ARGV[1], cjson.encode(one), 'PX', 3600000)
    return one
  end
  local function isMatch(record, first)
    for i = first, #ARGV do if string.find(record, ARGV[i], 1, true) then return true end end
  end
`

const SOURCES = {
  /** ARGV: now, most events, name of the call, lines of key, lane and expiry of each, then their records. The first write is refused when Redis is full. */
  put: `
    local now, most, n, held = tonumber(ARGV[1]), tonumber(ARGV[2]), 0, redis.call('HLEN', p .. ':keys')
    local keys, lanes, ends, memories, outcomes, expiries = {}, {}, {}, {}, {}, {}
    for key, lane, expiry in string.gmatch(ARGV[4], '([^\\n]+)\\n([^\\n]+)\\n([^\\n]+)\\n') do
      n = n + 1
      keys[n], lanes[n], ends[n], memories[n] = key, lane, expiry, p .. ':r:' .. key
    end
    local kept = redis.call('MGET', unpack(memories))
    for n, key in ipairs(keys) do
      local lane, call = lanes[n], ARGV[3] .. n
      if kept[n] and tonumber(kept[n]) > now then outcomes[n] = 'duplicate'
      elseif held < most and redis.call('HSETNX', p .. ':keys', key, call) == 1 then
        local id = redis.call('XADD', p .. ':s:' .. lane, '*', key, ARGV[n + 4])
        local list = expiries[lane] or {}
        list[#list + 1], list[#list + 2] = ends[n], id
        expiries[lane], held, outcomes[n] = list, held + 1, 'accepted'
      else
        local by = redis.call('HGET', p .. ':keys', key)
        outcomes[n] = not by and 'full' or by == call and 'accepted' or 'duplicate'
      end
    end
    for lane, list in pairs(expiries) do
      redis.call('ZADD', p .. ':x:' .. lane, unpack(list))
      redis.call('ZADD', p .. ':lanes', 'LT', string.match(list[2], '^%d+') .. '000', lane)
    end
    return outcomes`,

  /** ARGV: name of the call, lane, most events, most bytes, lease ms. @returns ms until the next is due, whether more are, fence, then of each a line of id, attempts and key before its record. */
  lease: `
    ${DRAIN}
    local lane, most, bytes = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
    local stream, z, t = p .. ':s:' .. lane, p .. ':z:' .. lane, p .. ':t:' .. lane
    local chunk = math.min(most + 1, 101)
    local at = redis.call('HGET', p .. ':at', lane) or '0-0'
    local later, fresh, fence = {}, {}, text(us)
    local function read() return redis.call('XRANGE', stream, '(' .. at, '+', 'COUNT', chunk) end
    if redis.call('SET', p .. ':n:' .. ARGV[1], fence, 'NX', 'PX', ARGV[5]) then
      later = redis.call('ZRANGEBYSCORE', z, '-inf', fence, 'WITHSCORES', 'LIMIT', 0, most + 1)
      fresh = read()
    else
      fence = redis.call('GET', p .. ':n:' .. ARGV[1])
      local all = redis.call('ZRANGE', z, 0, -1, 'WITHSCORES')
      for i = 1, #all, 2 do
        local isMine = string.match(redis.call('HGET', t, all[i]) or '', '^%d+') == fence
        if isMine then later[#later + 1] = all[i] later[#later + 1] = all[i + 1] end
      end
    end
    local due, isNew = text(us + ARGV[5] * 1000), fence .. ':0'
    local found, states, dues, size, more, f, l, n = {}, {}, {}, 0, 0, 1, 1, 0
    while true do
      if f > #fresh and #fresh == chunk then fresh, f = read(), 1 end
      local one, tries = fresh[f], '0'
      local isLater = later[l] and not (one and putAt(one[1]) <= tonumber(later[l + 1]))
      if isLater then
        one = entry(lane, later[l])
        tries = string.match(redis.call('HGET', t, later[l]) or '', '%d+$') or '0'
      elseif not one then break end
      local record = one and one[2][2]
      if one then
        size = size + #record - string.find(record, '\\n', 1, true)
        if n >= most or (n > 0 and size > bytes) then more = 1 break end
        local id = one[1]
        found[n + 1] = id .. ' ' .. tries .. ' ' .. one[2][1] .. '\\n' .. record
        states[2 * n + 1], states[2 * n + 2] = id, isLater and fence .. ':' .. tries or isNew
        dues[2 * n + 1], dues[2 * n + 2] = due, id
        n = n + 1
      else redis.call('ZREM', z, later[l]) end
      if isLater then l = l + 2 else f, at = f + 1, one[1] end
    end
    if n > 0 then
      redis.call('HSET', p .. ':at', lane, at)
      redis.call('HSET', t, unpack(states))
      redis.call('ZADD', z, unpack(dues))
    end
    local next = plan(lane)
    return { next and text(math.ceil((next - us) / 1000)) or '', more, fence, found }`,

  /** ARGV: now, lane, lines of id, fence, key and verdict of each (verdictOf). */
  settle: `
    ${DRAIN}
    local lane, asked, fences, names, verdicts, n = ARGV[2], {}, {}, {}, {}, 0
    local t = p .. ':t:' .. lane
    for id, fence, key, verdict in string.gmatch(ARGV[3], '([^\\n]+)\\n(%d+)\\n([^\\n]*)\\n([^\\n]+)\\n') do
      n = n + 1
      asked[n], fences[n], names[n], verdicts[n] = id, fence .. ':', key, verdict
    end
    local states = redis.call('HMGET', t, unpack(asked))
    local outcomes, ids, keys, done = {}, {}, {}, {}
    for n, id in ipairs(asked) do
      local fence, key, verdict, state = fences[n], names[n], verdicts[n], states[n]
      if fence == '0:' or done[id] or not state or string.sub(state, 1, #fence) ~= fence then
        outcomes[n] = entry(lane, id) and 'stale' or 'unknown'
      else
        outcomes[n], done[id] = 'settled', true
        local kind, detail = string.sub(verdict, 1, 1), string.sub(verdict, 2)
        if kind == 'r' or kind == 'a' then
          local tries = string.match(state, '%d+$') + (kind == 'a' and 1 or 0)
          redis.call('HSET', t, id, '0:' .. tries)
          redis.call('ZADD', p .. ':z:' .. lane, text(us + detail * 1000), id)
        else
          if kind == 'm' then redis.call('SET', p .. ':r:' .. key, detail, 'PX', text(detail - ARGV[1])) end
          if kind == 'd' then
            local name = redis.call('HINCRBY', p .. ':at', '', 1) .. ':' .. lane
            local letter = { key, entry(lane, id)[2][2], detail, ARGV[1] }
            redis.call('HSET', p .. ':dead', name, cjson.encode(letter))
            redis.call('ZADD', p .. ':gone', redis.call('ZSCORE', p .. ':x:' .. lane, id), name)
          end
          ids[#ids + 1] = id
          keys[#keys + 1] = key
        end
      end
    end
    drop(lane, ids, keys)
    plan(lane)
    return outcomes`,

  /** ARGV: lease ms, lane, then id, fence of each. */
  renew: `
    ${DRAIN}
    local lane, due = ARGV[2], text(us + ARGV[1] * 1000)
    for i = 3, #ARGV, 2 do
      local fence = string.match(redis.call('HGET', p .. ':t:' .. lane, ARGV[i]) or '', '^%d+')
      if fence == ARGV[i + 1] and fence ~= '0' then redis.call('ZADD', p .. ':z:' .. lane, 'XX', due, ARGV[i]) end
    end
    plan(lane)`,

  dueLanes: `
    ${CLOCK}
    return redis.call('ZRANGEBYSCORE', p .. ':lanes', '-inf', text(us))`,

  /** ARGV: name of the call, now, most. @returns whether there may be more, then lane and record of each. */
  takeExpired: `
    ${ONCE}
    local lost, left = { 0 }, tonumber(ARGV[3])
    for _, lane in ipairs(redis.call('ZRANGE', p .. ':lanes', 0, -1)) do
      local ids, keys = {}, {}
      local old = redis.call('ZRANGEBYSCORE', p .. ':x:' .. lane, '-inf', ARGV[2], 'LIMIT', 0, left)
      for _, id in ipairs(old) do
        local one = entry(lane, id)
        if one and not isLeased(lane, id) then
          ids[#ids + 1], keys[#keys + 1] = id, one[2][1]
          lost[#lost + 1], lost[#lost + 2] = lane, string.match(one[2][2], '^[^\\n]*\\n')
        end
      end
      if #ids > 0 then
        drop(lane, ids, keys)
        plan(lane)
      end
      left = left - #ids
    end
    local old = redis.call('ZRANGEBYSCORE', p .. ':gone', '-inf', ARGV[2], 'LIMIT', 0, ARGV[3])
    if #old > 0 then
      redis.call('HDEL', p .. ':dead', unpack(old))
      redis.call('ZREM', p .. ':gone', unpack(old))
    end
    if left == 0 or #old == tonumber(ARGV[3]) then lost[1] = 1 end
    return #lost > 1 and answer(lost) or lost`,

  deadNames: `return redis.call('ZRANGE', p .. ':gone', 0, -1)`,

  /** ARGV: names. */
  readDead: `return redis.call('HMGET', p .. ':dead', unpack(ARGV))`,

  /** ARGV: name of the call, names. */
  removeDead: `
    ${ONCE}
    redis.call('ZREM', p .. ':gone', unpack(ARGV, 2))
    return answer({ redis.call('HDEL', p .. ':dead', unpack(ARGV, 2)) })`,

  /** ARGV: name of the call, most, lane ('' before the first), id, hashes. @returns the next lane and id, leased, then lane and record of each that is removed. */
  matchWaiting: `
    ${ONCE}
    local lane, most = ARGV[3], tonumber(ARGV[2])
    local found, ids, keys = { '', '0-0', 0 }, {}, {}
    local entries = redis.call('XRANGE', p .. ':s:' .. lane, '(' .. ARGV[4], '+', 'COUNT', most)
    for _, one in ipairs(entries) do
      if isMatch(one[2][2], 5) and isLeased(lane, one[1]) then found[3] = found[3] + 1
      elseif isMatch(one[2][2], 5) then
        ids[#ids + 1], keys[#keys + 1] = one[1], one[2][1]
        found[#found + 1], found[#found + 2] = lane, string.match(one[2][2], '^[^\\n]*\\n')
      end
    end
    if #entries == most then found[1], found[2] = lane, entries[most][1]
    else
      for _, other in ipairs(redis.call('ZRANGE', p .. ':lanes', 0, -1)) do
        if other > lane and (found[1] == '' or other < found[1]) then found[1] = other end
      end
    end
    if #ids > 0 then
      drop(lane, ids, keys)
      plan(lane)
    end
    return answer(found)`,

  /** ARGV: name of the call, most, cursor, hashes. @returns the next cursor, how many are removed. */
  matchDead: `
    ${ONCE}
    local page, removed = redis.call('HSCAN', p .. ':dead', ARGV[3], 'COUNT', ARGV[2]), 0
    for i = 1, #page[2], 2 do
      if isMatch(page[2][i + 1], 4) then
        redis.call('ZREM', p .. ':gone', page[2][i])
        removed = removed + redis.call('HDEL', p .. ':dead', page[2][i])
      end
    end
    return answer({ page[1], removed })`,

  /** @returns lane and how many wait, then lane of each dead letter. */
  counts: `
    local waiting, dead = {}, {}
    for _, lane in ipairs(redis.call('ZRANGE', p .. ':lanes', 0, -1)) do
      waiting[#waiting + 1] = lane
      waiting[#waiting + 1] = redis.call('XLEN', p .. ':s:' .. lane)
    end
    for _, name in ipairs(redis.call('ZRANGE', p .. ':gone', 0, -1)) do
      dead[#dead + 1] = string.match(name, ':(.*)$')
    end
    return { waiting, dead }`,

  info: `
    local found = ''
    for _, part in ipairs({ 'memory', 'persistence' }) do
      local told = redis.pcall('INFO', part)
      if type(told) == 'string' then found = found .. told end
    end
    return found`,
} as const

export type ScriptName = keyof typeof SOURCES

export const SCRIPTS = Object.fromEntries(
  Object.entries(SOURCES).map(([name, source]) => [name, toScript(ROOT + source)]),
) as Readonly<Record<ScriptName, Script>>
