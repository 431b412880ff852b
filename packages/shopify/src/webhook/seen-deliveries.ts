export interface Seen<R> {
  readonly result: R
  readonly isRepeat: boolean
}

/**
 * Does the work of each delivery once. A repetition gets the result of the first, also while that is still at work;
 * what did not succeed may be tried again. It holds the newest only: the deterministic `event_id` is the net below.
 */
export interface SeenDeliveries<R> {
  once(key: string, work: () => Promise<R>): Promise<Seen<R>>
}

/** Shopify tries again for four hours; deliveries may come a day late. Source: shopify.dev, Webhooks, read 2026-09. */
const REMEMBERED_MS = 48 * 3_600_000
/** Work that hangs for longer must not hold up every further try. */
const AT_WORK_MS = 30_000

interface Entry<R> {
  readonly result: Promise<R>
  untilMs: number
}

export function seenDeliveries<R>(
  isDone: (result: R) => boolean,
  now: () => number,
  max = 10_000,
): SeenDeliveries<R> {
  /** Oldest first. */
  const seen = new Map<string, Entry<R>>()

  const forgetOld = () => {
    for (const [key, { untilMs }] of seen) {
      if (seen.size < max && untilMs > now()) return
      seen.delete(key)
    }
  }

  return {
    async once(key, work) {
      const before = seen.get(key)
      if (before !== undefined && before.untilMs > now()) {
        return { result: await before.result, isRepeat: true }
      }
      seen.delete(key)
      forgetOld()
      const entry: Entry<R> = { result: work(), untilMs: now() + AT_WORK_MS }
      seen.set(key, entry)
      const release = () => seen.get(key) === entry && seen.delete(key)
      try {
        const result = await entry.result
        if (isDone(result)) entry.untilMs = now() + REMEMBERED_MS
        else release()
        return { result, isRepeat: false }
      } catch (error) {
        release()
        throw error
      }
    },
  }
}
