import { asFields } from '../field/fields.ts'
import type { Clock } from '../runtime/clock.ts'
import type { TrueTime } from '../runtime/true-time.ts'
import type { AccessToken } from './exchange-options.ts'

/** Where a client's requests get their token. */
export interface TokenSource {
  /** Whether the next request needs no call of the function. */
  isKept(pixelId: string): boolean
  /** Rejects where the function does; undefined: it gave none. */
  get(pixelId: string): Promise<string | undefined>
  /** Meta refused it. */
  forget(pixelId: string, token: string): void
}

/** An answer that does not say how long it holds is asked for again after so long. */
const KEEP_MS = 60_000

/**
 * Keeps what the function gave, by pixel, and lets requests of one moment share one call: a slow function must not be asked for each
 * request, and one that fails now and then is seldom asked. A call that hangs is given up after `timeoutMs`; its answer is taken still.
 */
export function createTokenSource(
  accessToken: AccessToken,
  {
    clock,
    time,
    timeoutMs,
  }: { readonly clock: Clock; readonly time: TrueTime; readonly timeoutMs: number },
): TokenSource {
  if (typeof accessToken === 'string')
    return { isKept: () => false, get: async () => accessToken, forget() {} }
  const kept = new Map<string, { readonly token: string; readonly untilTick: number }>()
  const calls = new Map<
    string,
    { readonly sinceTick: number; readonly answer: Promise<string | undefined> }
  >()

  const ask = async (pixelId: string): Promise<string | undefined> => {
    const given: unknown = await accessToken(pixelId)
    const { token, expiresAtMs } = asFields(given) ?? { token: given }
    if (typeof token !== 'string' || token === '') return undefined
    const isDated = typeof expiresAtMs === 'number' && Number.isFinite(expiresAtMs)
    const keepMs = isDated ? expiresAtMs - time.nowMs() : KEEP_MS
    kept.set(pixelId, { token, untilTick: clock.tick() + keepMs })
    return token
  }

  const isKept = (pixelId: string) => clock.tick() < (kept.get(pixelId)?.untilTick ?? 0)

  return {
    isKept,

    async get(pixelId) {
      if (isKept(pixelId)) return kept.get(pixelId)?.token
      const tick = clock.tick()
      const current = calls.get(pixelId)
      if (current !== undefined && tick - current.sinceTick < timeoutMs) return current.answer
      const call = { sinceTick: tick, answer: ask(pixelId) }
      calls.set(pixelId, call)
      try {
        return await call.answer
      } finally {
        if (calls.get(pixelId) === call) calls.delete(pixelId)
      }
    },

    forget(pixelId, token) {
      if (kept.get(pixelId)?.token === token) kept.delete(pixelId)
    },
  }
}
