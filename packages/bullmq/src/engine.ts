import { type IRedisClient, Queue, Worker } from 'bullmq'
import { checkSettings } from './check-settings.ts'
import { bounded } from './connection.ts'
import { within } from './deadline.ts'
import type { EventData } from './event-job.ts'
import type { StoreOptions } from './outbox-options.ts'
import { defineScripts } from './scripts.ts'
import { createShelf, type Shelf } from './shelf.ts'

/** Everything that talks to Redis. */
export interface Engine {
  readonly events: Shelf
  readonly dead: Shelf
  /** A producer has none. */
  readonly worker: Worker<EventData> | undefined
  readonly client: IRedisClient
}

/** What a retry that counts is told to BullMQ with. */
export class RetryIn extends Error {
  readonly delayMs: number
  constructor(delayMs: number) {
    super('retry')
    this.delayMs = delayMs
  }
}

/** What is being connected, or is. */
interface Attempt {
  readonly engine: Promise<Engine>
  close(): Promise<void>
}

const CLOSE_MS = 500

/** Connects at the first call; asks for the settings until they will do. */
export function createEngine(options: StoreOptions) {
  const { queueName, prefix, timeoutMs, leaseMs, role } = options
  const shared = { ...(prefix !== undefined && { prefix }), skipMetasUpdate: true }
  let attempt: Attempt | undefined
  let checked: Promise<void> | undefined
  /** Why there is no connection, as far as it is known. Each call tells of its own failure. */
  let trouble: unknown
  const note = (error: unknown) => {
    trouble = error
  }

  function connect(): Attempt {
    const { connection, disconnect } = bounded(options.connection, timeoutMs)
    const queue = new Queue<EventData>(queueName, { ...shared, connection })
    queue.on('error', note)
    const open: { close(): Promise<unknown> }[] = []
    let client: IRedisClient | undefined

    async function build(): Promise<Engine> {
      client = await clientOf(queue)
      client.on('ready', () => note(undefined))
      note(undefined)
      defineScripts(client)
      const dead = new Queue<EventData>(`${queueName}-dead`, { ...shared, connection: client })
      dead.on('error', note)
      open.push(dead)
      const worker = role === 'worker' ? createWorker(client) : undefined
      if (worker !== undefined) open.push({ close: () => worker.close(true) })
      await Promise.all([dead.waitUntilReady(), worker?.waitUntilReady()])
      const shelves = { events: createShelf(queue, client), dead: createShelf(dead, client) }
      return { ...shelves, worker, client }
    }

    const engine = build()
    engine.catch(() => {}) // Told by `ready`.
    return {
      engine,
      async close() {
        const closing = Promise.all(open.map((one) => one.close())).then(() => queue.close())
        await within(CLOSE_MS, closing).catch(() => {})
        client?.disconnect()
        disconnect()
      },
    }
  }

  function createWorker(connection: IRedisClient): Worker<EventData> {
    const worker = new Worker<EventData>(queueName, null, {
      ...shared,
      connection,
      autorun: false,
      lockDuration: leaseMs,
      stalledInterval: leaseMs / 2,
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      settings: {
        backoffStrategy: (_made, _type, error) => (error instanceof RetryIn ? error.delayMs : 0),
      },
    })
    worker.on('error', note)
    return worker
  }

  async function check({ client }: Engine): Promise<void> {
    const info = await client.info().catch(() => '')
    for (const warning of checkSettings(info)) options.onWarning(warning)
  }

  return {
    async ready(): Promise<Engine> {
      const current = attempt ?? connect()
      attempt = current
      try {
        const engine = await current.engine
        checked ??= check(engine)
        const checking = checked
        await checking.catch((error: unknown) => {
          if (checked === checking) checked = undefined
          throw error
        })
        return engine
      } catch (error) {
        // What BullMQ failed to set up stays failed: it needs another start.
        const isBroken = await current.engine.then(
          () => false,
          () => true,
        )
        if (isBroken && attempt === current) {
          attempt = undefined
          void current.close()
        }
        throw error
      }
    },
    /** Why a call found no answer in time. */
    trouble: () => trouble,
    /** Harmless when it never connected. */
    close: async () => attempt?.close(),
  }
}

/** BullMQ 5 hands it out itself. */
function clientOf(queue: Queue<EventData>): Promise<IRedisClient> {
  const older: object & { readonly client?: Promise<IRedisClient> } = queue
  return older.client ?? queue.getBackend().client
}
