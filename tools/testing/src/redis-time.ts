type Call = (command: string, ...args: string[]) => Promise<unknown>

interface Time {
  readonly tickMs: number
  readonly nowMs: number
}

interface Token {
  readonly id: string
  readonly fence: number
}

/** What is used of an outbox: this package knows no core. */
interface Worker {
  dueLanes(time: Time): Promise<readonly string[]>
  lease(
    request: { lane: string; maxEvents: number; maxBytes: number; leaseMs: number },
    time: Time,
  ): Promise<{ readonly items: readonly Token[] }>
  settle(
    settlements: readonly {
      kind: 'retry'
      token: Token
      delayMs: number
      isAttempt: boolean
    }[],
    time: Time,
  ): Promise<unknown>
}

/** Moves the due moments of @capi/redis: Redis has no clock that a test could set. `which`: a condition on lane and id. */
const shift = (which: string) => `
  local p = KEYS[1]
  for _, lane in ipairs(redis.call('ZRANGE', p .. ':lanes', 0, -1)) do
    redis.call('ZINCRBY', p .. ':lanes', -ARGV[1] * 1000, lane)
    for _, id in ipairs(redis.call('ZRANGE', p .. ':z:' .. lane, 0, -1)) do
      if ${which} then redis.call('ZINCRBY', p .. ':z:' .. lane, -ARGV[1] * 1000, id) end
    end
  end`

/** Lets time go by for everything that waits under these keys. */
export async function passInRedis(call: Call, root: string, ms: number): Promise<void> {
  await call('EVAL', shift('true'), '1', root, String(ms))
}

/** The worker died: its leases run out, and another one gets what it had and lets it wait again. */
export async function takeOverInRedis(call: Call, root: string, other: Worker): Promise<void> {
  const isLeased = "string.sub(redis.call('HGET', p .. ':t:' .. lane, id) or '0', 1, 1) ~= '0'"
  await call('EVAL', shift(isLeased), '1', root, String(3_600_000))
  const time = { tickMs: 0, nowMs: 0 }
  for (const lane of await other.dueLanes(time)) {
    const { items } = await other.lease({ lane, maxEvents: 1e3, maxBytes: 1e9, leaseMs: 500 }, time)
    const again = { kind: 'retry', delayMs: 0, isAttempt: false } as const
    await other.settle(
      items.map((token) => ({ ...again, token })),
      time,
    )
  }
}
