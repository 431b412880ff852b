import type { ClientState } from './client-state.ts'

/**
 * Whether the client may use timers and I/O here. Cloudflare Workers bind them to the request they were made in, and end
 * them with it. The first request that uses a client has it; in any other, and outside of requests, the answer is false.
 * In other runtimes it is always true. Never throws.
 *
 * An AbortSignal shows it: workerd throws when one is made outside of a request, and when another request reads it ("Cannot
 * perform I/O on behalf of a different request"; workerd 1.20260730, compatibility dates 2024-01-01 and 2026-07-30).
 */
export function isAtHome(state: Pick<ClientState, 'home'>): boolean {
  try {
    state.home ??= new AbortController().signal
    return typeof state.home.aborted === 'boolean'
  } catch {
    return false
  }
}
