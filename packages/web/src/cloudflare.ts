import { CapiConfigError, type CapiOptions, createCapi, optionsFromEnv } from '@capi/core'
import { deliverMessages, type Outbox, producerOutbox } from '@capi/core/outbox'

/** The binding of a queue, `env.EVENTS`: what is used of Cloudflare's `Queue`. */
export interface EventQueue {
  /** Sends messages, all or none. */
  sendBatch(
    messages: readonly {
      /** An event, hashed and checked. */
      readonly body: string
      /** It is JSON already. */
      readonly contentType: 'text'
    }[],
  ): Promise<unknown>
}

/** What a queue hands to its consumer: what is used of Cloudflare's `MessageBatch`. */
export interface EventBatch {
  /** In any order. */
  readonly messages: readonly {
    /** What was sent. */
    readonly body: unknown
    /** How many times it was handed out, this time included. */
    readonly attempts: number
    /** It is done. */
    ack(): void
    /** It is handed out again. */
    retry(options: {
      /** Seconds until then, at the earliest. */
      readonly delaySeconds: number
    }): void
  }[]
}

/** Limits of Cloudflare Queues, read 2026-11. */
const LIMITS = { maxMessages: 100, maxMessageBytes: 128_000, maxBytes: 256_000 }
/** Until an event is handed out again: doubled each time, up to an hour. */
const FIRST_DELAY_SEC = 10
const MAX_DELAY_SEC = 3_600

/**
 * An outbox on a Cloudflare Queue: `track` resolves when the queue has the event, hashed and checked. From then on it outlives the request,
 * a deployment, and an outage of Meta; `queueConsumer` delivers it. An event of more than 128 kB is dropped as `queue_full`; one that the
 * queue refuses is put again until its request ends, then dropped as `store_failed`.
 * @throws CapiConfigError where there is no such binding.
 * @example
 * app.use(capi({ outbox: (env: Env) => queueOutbox(env.EVENTS) }))
 * export default { fetch: app.fetch, queue: queueConsumer() }
 */
export function queueOutbox(queue: EventQueue): Outbox {
  if (typeof (queue as EventQueue | undefined)?.sendBatch !== 'function')
    throw new CapiConfigError('config_invalid', NO_QUEUE)
  const send = (messages: readonly string[]) =>
    queue.sendBatch(messages.map((body) => ({ body, contentType: 'text' })))
  return producerOutbox({ send, ...LIMITS })
}

/**
 * The `queue` handler of a Worker: delivers what `queueOutbox` put on the queue. It acknowledges an event that Meta took, that Meta refused
 * for what it is, or that is too old for Meta; `onDropped` hears of the last two. Everything else goes back to the queue and is handed out
 * again, with the same `event_id`, after 10 seconds, then twice as long each time, up to an hour. Give the consumer `max_retries: 100`
 * and a `dead_letter_queue`: by default Cloudflare deletes a message after three.
 * @param options those of `createCapi`; what is left out comes from `env`.
 * @throws CapiConfigError at start-up when an option is malformed. The handler rejects when a variable is: the queue then keeps the batch.
 * @example
 * export default { fetch: app.fetch, queue: queueConsumer() }
 */
export function queueConsumer(
  options: Omit<CapiOptions, 'outbox'> = {},
): (batch: EventBatch, env: object) => Promise<void> {
  createCapi({ ...options, enabled: false })
  return async ({ messages }, env) => {
    const bodies = messages.map(({ body }) => body)
    const done = await deliverMessages(bodies, { ...optionsFromEnv(env), ...options })
    for (const [index, message] of messages.entries())
      if (done[index] === true) message.ack()
      else message.retry({ delaySeconds: delaySec(message.attempts) })
  }
}

function delaySec(attempts: number): number {
  return Math.min(FIRST_DELAY_SEC * 2 ** Math.max(0, attempts - 1), MAX_DELAY_SEC)
}

const NO_QUEUE =
  'queueOutbox was given no queue. Name it under queues.producers in the configuration of Wrangler, and pass its binding: queueOutbox(env.EVENTS).'
