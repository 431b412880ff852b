import { asFields } from '../field/fields.ts'
import { CapiStoreError } from '../issue/errors.ts'
import { isPixelId } from '../option/pixel-ids.ts'
import type { Outbox, OutboxItem } from './outbox-port.ts'

/** A queue of messages that others deliver: Cloudflare Queues, SQS, Pub/Sub. */
export interface ProducerQueue {
  /** Sends messages, one event each, all or none. */
  readonly send: (messages: readonly string[]) => Promise<unknown>
  /** Most messages of one call. */
  readonly maxMessages: number
  /** Most bytes of one message. An event that is larger is dropped as `queue_full`. */
  readonly maxMessageBytes: number
  /** Most bytes of the messages of one call. */
  readonly maxBytes: number
}

/**
 * An outbox that puts events on a queue of messages, hashed and checked, and delivers none of them: `deliverMessages` does, in the
 * queue's consumer. What the queue refuses is put again, until the client is closed.
 */
export function producerOutbox(queue: ProducerQueue): Outbox {
  const encoder = new TextEncoder()
  /** Taken by a call of which a later part failed: core puts all of it again. */
  const taken = new Set<string>()

  async function send(messages: ReadonlyMap<string, string>): Promise<void> {
    try {
      await queue.send([...messages.values()])
    } catch {
      // What was thrown may hold the messages.
      throw new CapiStoreError('unreachable', REFUSED)
    }
    for (const key of messages.keys()) taken.add(key)
  }

  return {
    sharedAs: 'producer',
    async put(items) {
      const tooLarge = new Set<string>()
      let messages = new Map<string, string>()
      let size = 0
      for (const item of items) {
        if (taken.has(item.key)) continue
        const message = JSON.stringify(item)
        const bytes = encoder.encode(message).length
        if (bytes > queue.maxMessageBytes) {
          tooLarge.add(item.key)
          continue
        }
        if (messages.size === queue.maxMessages || size + bytes > queue.maxBytes) {
          await send(messages)
          messages = new Map()
          size = 0
        }
        messages.set(item.key, message)
        size += bytes
      }
      if (messages.size > 0) await send(messages)
      for (const { key } of items) taken.delete(key)
      return items.map(({ key }) => (tooLarge.has(key) ? 'full' : 'accepted'))
    },
    // What is on the queue is its consumer's.
    lease: async () => ({ items: [] }),
    settle: async (settlements) => settlements.map(() => 'unknown'),
    renew: async () => {},
    recover: async () => ({}),
    dueLanes: async () => [],
    takeExpired: async () => ({ losses: [] }),
    readDead: async () => [],
    removeDead: async () => 0,
    async removeMatching() {
      throw new CapiStoreError('unsupported', NOT_SEARCHED)
    },
    counts: async () => ({}),
    close: async () => [],
  }
}

/** What `producerOutbox` sent; undefined for any other message. */
export function itemOf(message: unknown): OutboxItem | undefined {
  const fields = typeof message === 'string' ? asFields(parsed(message)) : undefined
  if (fields === undefined) return undefined
  const isText = (name: string) => typeof fields[name] === 'string'
  const isWhole = ['key', 'event_id', 'event_name', 'body'].every(isText)
  const isTimed =
    Number.isFinite(fields['expiresAtMs']) && Number.isFinite(fields['rememberUntilMs'])
  return isWhole && isTimed && isText('lane') && isPixelId(String(fields['lane']))
    ? (fields as unknown as OutboxItem)
    : undefined
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

const REFUSED =
  'The queue took no events. They are put again until the client is closed. Check that the queue exists, and its limits.'
const NOT_SEARCHED =
  'Events on a queue of messages cannot be searched: those of a person are delivered unless you remove them from the queue.'
