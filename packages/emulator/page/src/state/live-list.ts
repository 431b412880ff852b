import type { Signal } from '@preact/signals'
import { RETRY_MS } from './stream.ts'

/** A lone message is drawn at once, a burst this often. */
const FLUSH_MS = 50

interface LiveListOptions<T, M> {
  readonly list: Signal<readonly T[]>
  /** Items beyond are let go. */
  readonly max: number
  readonly load: () => Promise<readonly T[]>
  readonly apply: (items: readonly T[], messages: readonly M[]) => readonly T[]
}

interface LiveList<M> {
  /**
   * Reads what is kept; messages wait meanwhile. Tries again until there is an answer.
   * @returns false where a newer reading took over
   */
  readonly read: () => Promise<boolean>
  readonly take: (message: M) => void
  /** Drops what waits: nothing older than this message matters. */
  readonly restart: (message: M) => void
}

/** A list that is read whole once, and follows the stream from there. */
export function liveList<T, M>({ list, max, load, apply }: LiveListOptions<T, M>): LiveList<M> {
  let pending: M[] = []
  let isWhole = false
  let reading = 0
  let flushedMs = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = () => {
    timer = undefined
    flushedMs = performance.now()
    if (!isWhole || pending.length === 0) return
    const messages = pending
    pending = []
    list.value = apply(list.peek(), messages)
  }
  const schedule = () => {
    if (timer !== undefined) return
    timer = setTimeout(flush, Math.max(0, flushedMs + FLUSH_MS - performance.now()))
  }
  return {
    async read() {
      const mine = ++reading
      isWhole = false
      for (;;) {
        const items = await load().catch(() => undefined)
        if (mine !== reading) return false
        if (items) {
          list.value = items.slice(-max)
          isWhole = true
          schedule()
          return true
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
        if (mine !== reading) return false
      }
    },
    take(message) {
      pending.push(message)
      // A page in the background may wait long for its timers.
      if (pending.length > 2 * max) pending = pending.slice(-max)
      schedule()
    },
    restart(message) {
      pending = [message]
      schedule()
    },
  }
}
