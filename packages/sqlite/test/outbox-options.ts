import type { OutboxOptions } from '../src/outbox-options.ts'
import { resolveOptions } from '../src/outbox-options.ts'

export const NOW_MS = Date.UTC(2026, 10, 23, 12)
export const TIME = { tickMs: 1_000, nowMs: NOW_MS }
export const LANE = '1234567890'

export function outboxOptions(path: string, more: Partial<OutboxOptions> = {}): OutboxOptions {
  return { ...resolveOptions({ path, lockTimeoutMs: 0 }), ...more }
}
