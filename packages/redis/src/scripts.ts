import { createHash } from 'node:crypto'

/**
 * KEYS[1] is the root of all keys, with a hash tag: one slot of a cluster.
 *
 * `keys`: key of each event held → the put that brought it. `s:<lane>`: events in the order they were put, a stream of key
 * and record. `at`: lane → the last one that was ever leased; those behind it are due. `z:<lane>`: leased ones by the end of
 * their lease, and those to be retried by their due moment, in microseconds. `t:<lane>`: id → `<fence>:<attempts>` of
 * those; fence 0: not leased. `x`: id and lane of all, by expiry. `lanes`: by the moment their next event is due, 0 for now. `r:<key>`:
 * delivered, and remembered. `s:dead`: dead letters, and `dead` how many of each lane. `n:<call>`: what a call did.
 *
 * Every script may run twice: a client sends it again after a cut. No command and no argument is newer than Redis 6.2.
 * Lists are 1,000 long at most: Lua cannot `unpack` more than some 8,000 values.
 */
const ROOT = `
  local p, call = KEYS[1], redis.call
  local function entry(lane, id) return call('XRANGE', p .. ':s:' .. lane, id, id)[1] end`

const CLOCK = `
  local time = call('TIME')
  local us = time[1] * 1000000 + time[2]
  local function text(n) return string.format('%.0f', n) end`

/**
 * A full Redis refuses a script whose first write takes memory, and no other: without the ZREM of what is not there,
 * nothing would drain. `plan`: when a lane's next event is due; a lane that holds none is forgotten.
 */
const DRAIN = `${CLOCK}
  call('ZREM', p .. ':lanes', '')
  local function putAt(id) return string.match(id, '^%d+') * 1000 end
  local function plan(lane)
    local last = call('HGET', p .. ':at', lane) or '0-0'
    local isFresh = call('XRANGE', p .. ':s:' .. lane, '(' .. last, '+', 'COUNT', 1)[1]
    local due = isFresh and 0 or tonumber(call('ZRANGE', p .. ':z:' .. lane, 0, 0, 'WITHSCORES')[2])
    if due then call('ZADD', p .. ':lanes', text(due), lane) else
      call('ZREM', p .. ':lanes', lane)
      call('HDEL', p .. ':at', lane)
      call('DEL', p .. ':s:' .. lane)
    end
    return due
  end
  local function remove(lane, ids, keys)
    if #ids == 0 then return end
    local ends = {}
    for n, id in ipairs(ids) do ends[n] = id .. ' ' .. lane end
    call('ZREM', p .. ':x', unpack(ends))
    call('ZREM', p .. ':z:' .. lane, unpack(ids))
    call('HDEL', p .. ':t:' .. lane, unpack(ids))
    call('XDEL', p .. ':s:' .. lane, unpack(ids))
    call('HDEL', p .. ':keys', unpack(keys))
  end`

const SOURCES = {
  /** ARGV: now, most events, name of the call, lines of key, lane and expiry of each, then their records. The first write is refused when Redis is full. */
  put: `
    local now, most, n, held = tonumber(ARGV[1]), tonumber(ARGV[2]), 0, call('HLEN', p .. ':keys')
    local keys, lanes, ends, memories, outcomes, expiries, due = {}, {}, {}, {}, {}, {}, {}
    for key, lane, expiry in string.gmatch(ARGV[4], '([^\\n]+)\\n([^\\n]+)\\n([^\\n]+)\\n') do
      n = n + 1
      keys[n], lanes[n], ends[n], memories[n] = key, lane, expiry, p .. ':r:' .. key
    end
    local kept = call('MGET', unpack(memories))
    for n, key in ipairs(keys) do
      local lane, name = lanes[n], ARGV[3] .. '.' .. n
      if kept[n] and tonumber(kept[n]) > now then outcomes[n] = 'duplicate'
      elseif held < most and call('HSETNX', p .. ':keys', key, name) == 1 then
        local id = call('XADD', p .. ':s:' .. lane, '*', key, ARGV[n + 4])
        expiries[#expiries + 1], expiries[#expiries + 2] = ends[n], id .. ' ' .. lane
        due[lane], held, outcomes[n] = true, held + 1, 'accepted'
      else
        local by = call('HGET', p .. ':keys', key)
        outcomes[n] = not by and 'full' or by == name and 'accepted' or 'duplicate'
      end
    end
    if #expiries > 0 then call('ZADD', p .. ':x', unpack(expiries)) end
    for lane in pairs(due) do call('ZADD', p .. ':lanes', 0, lane) end
    return outcomes`,

  /** ARGV: fence, lane, most events, most bytes, lease ms. @returns ms until the next is due ('' when there is none), then of each a line of id, attempts and key before its record. */
  lease: `${DRAIN}
    local fence, lane, most, bytes = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
    local stream, z, t, chunk = p .. ':s:' .. lane, p .. ':z:' .. lane, p .. ':t:' .. lane, math.min(most, 100)
    local at, due = call('HGET', p .. ':at', lane) or '0-0', text(us + ARGV[5] * 1000)
    local function read() return call('XRANGE', stream, '(' .. at, '+', 'COUNT', chunk) end
    local later, fresh = {}, {}
    if call('SET', p .. ':n:' .. fence, lane, 'NX', 'PX', ARGV[5]) then
      later, fresh = call('ZRANGEBYSCORE', z, '-inf', text(us), 'WITHSCORES', 'LIMIT', 0, most), read()
    else
      for _, id in ipairs(call('ZRANGE', z, 0, -1)) do
        local isMine = string.match(call('HGET', t, id) or '', '^%d+') == fence
        if isMine then later[#later + 1], later[#later + 2] = id, '0' end
      end
    end
    local found, states, dues, size, f, l, n = {}, {}, {}, 0, 1, 1, 0
    while n < most do
      if f > #fresh and #fresh == chunk then fresh, f = read(), 1 end
      local one, tries = fresh[f], '0'
      local isLater = later[l] and not (one and putAt(one[1]) <= tonumber(later[l + 1]))
      if isLater then
        one, tries = entry(lane, later[l]), string.match(call('HGET', t, later[l]) or '', '%d+$') or '0'
      elseif not one then break end
      if not one then call('ZREM', z, later[l]) else
        local record = one[2][2]
        size = size + #record - string.find(record, '\\n', 1, true)
        if n > 0 and size > bytes then break end
        n = n + 1
        found[n] = one[1] .. ' ' .. tries .. ' ' .. one[2][1] .. '\\n' .. record
        states[2 * n - 1], states[2 * n], dues[2 * n - 1], dues[2 * n] = one[1], fence .. ':' .. tries, due, one[1]
      end
      if isLater then l = l + 2 else f, at = f + 1, one[1] end
    end
    if n > 0 then
      call('HSET', p .. ':at', lane, at)
      call('HSET', t, unpack(states))
      call('ZADD', z, unpack(dues))
    end
    local next = plan(lane)
    return { next and text(math.ceil((next - us) / 1000)) or '', found }`,

  /** ARGV: now, lane, lines of id, fence, key and verdict of each (verdictOf). */
  settle: `${DRAIN}
    local lane, t, asked, given = ARGV[2], p .. ':t:' .. ARGV[2], {}, {}
    for id, fence, key, kind, detail in string.gmatch(ARGV[3], '([^\\n]+)\\n(%d+)\\n([^\\n]*)\\n(%l)([^\\n]*)\\n') do
      asked[#asked + 1], given[#given + 1] = id, { fence .. ':', key, kind, detail }
    end
    local states, outcomes, ids, keys, done = call('HMGET', t, unpack(asked)), {}, {}, {}, {}
    for n, id in ipairs(asked) do
      local fence, key, kind, detail = unpack(given[n])
      if done[id] or fence == '0:' or string.sub(states[n] or '', 1, #fence) ~= fence then
        outcomes[n] = entry(lane, id) and 'stale' or 'unknown'
      else
        outcomes[n], done[id] = 'settled', true
        if kind == 'r' or kind == 'a' then
          call('HSET', t, id, '0:' .. string.match(states[n], '%d+$') + (kind == 'a' and 1 or 0))
          call('ZADD', p .. ':z:' .. lane, text(us + detail * 1000), id)
        else
          if kind == 'm' then call('SET', p .. ':r:' .. key, detail, 'PX', text(detail - ARGV[1])) end
          if kind == 'd' then
            local letter = cjson.encode({ lane, key, entry(lane, id)[2][2], detail, ARGV[1] })
            local name = call('XADD', p .. ':s:dead', '*', lane, letter) .. ' dead'
            call('ZADD', p .. ':x', call('ZSCORE', p .. ':x', id .. ' ' .. lane), name)
            call('HINCRBY', p .. ':dead', lane, 1)
          end
          ids[#ids + 1], keys[#keys + 1] = id, key
        end
      end
    end
    remove(lane, ids, keys)
    plan(lane)
    return outcomes`,

  /** ARGV: lease ms, lane, then id, fence of each. */
  renew: `${DRAIN}
    local lane, due = ARGV[2], text(us + ARGV[1] * 1000)
    for i = 3, #ARGV, 2 do
      local fence = string.match(call('HGET', p .. ':t:' .. lane, ARGV[i]) or '', '^%d+')
      if fence == ARGV[i + 1] then call('ZADD', p .. ':z:' .. lane, 'XX', due, ARGV[i]) end
    end
    plan(lane)`,

  dueLanes: `${CLOCK}
    return call('ZRANGEBYSCORE', p .. ':lanes', '-inf', text(us))`,

  /** Removes events that are not on their way, or dead letters (lane `dead`). ARGV: name of the call, lane, ids. @returns how many are on their way, then records; repeated, the same. */
  take: `${DRAIN}
    local lane, found, ids, keys, kept = ARGV[2], { 0 }, {}, {}, call('GET', p .. ':n:' .. ARGV[1])
    if kept then return cjson.decode(kept) end
    for i = 3, #ARGV do
      local id, one = ARGV[i], entry(lane, ARGV[i])
      local isOut = string.find(call('HGET', p .. ':t:' .. lane, id) or '0:', '^[1-9]')
      if one and isOut and tonumber(call('ZSCORE', p .. ':z:' .. lane, id) or 0) > us then found[1] = found[1] + 1
      elseif one then
        ids[#ids + 1], keys[#keys + 1], found[#found + 1] = id, one[2][1], string.match(one[2][2], '^[^\\n]*\\n') or ''
        if lane == 'dead' and call('HINCRBY', p .. ':dead', one[2][1], -1) <= 0 then call('HDEL', p .. ':dead', one[2][1]) end
      end
    end
    remove(lane, ids, keys)
    if lane ~= 'dead' then plan(lane) end
    call('SET', p .. ':n:' .. ARGV[1], cjson.encode(found), 'PX', 3600000)
    return found`,

  /** ARGV: now, most. @returns id and lane of each. */
  expired: `return call('ZRANGEBYSCORE', p .. ':x', '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])`,

  /** ARGV: lane, the last id of the page before ('' for none), most. Dead letters: newest first. @returns id and record of each. */
  page: `
    local stream, after, most, found = p .. ':s:' .. ARGV[1], ARGV[2] ~= '' and '(' .. ARGV[2], ARGV[3], {}
    local list = ARGV[1] == 'dead' and call('XREVRANGE', stream, after or '+', '-', 'COUNT', most)
      or call('XRANGE', stream, after or '-', '+', 'COUNT', most)
    for _, one in ipairs(list) do found[#found + 1], found[#found + 2] = one[1], one[2][2] end
    return found`,

  /** @returns lane and how many wait, then lane and how many are dead letters. */
  counts: `
    local waiting = {}
    for _, lane in ipairs(call('ZRANGE', p .. ':lanes', 0, -1)) do
      waiting[#waiting + 1], waiting[#waiting + 2] = lane, call('XLEN', p .. ':s:' .. lane)
    end
    return { waiting, call('HGETALL', p .. ':dead') }`,

  info: `
    local memory, persistence = redis.pcall('INFO', 'memory'), redis.pcall('INFO', 'persistence')
    return (type(memory) == 'string' and memory or '') .. (type(persistence) == 'string' and persistence or '')`,
} as const

export type ScriptName = keyof typeof SOURCES

const toScript = (text: string) => ({ text, sha: createHash('sha1').update(text).digest('hex') })

export const SCRIPTS = Object.fromEntries(
  Object.entries(SOURCES).map(([name, source]) => [name, toScript(`${ROOT}\n${source}`)]),
) as Readonly<Record<ScriptName, ReturnType<typeof toScript>>>
