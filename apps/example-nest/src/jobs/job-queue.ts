import type { Scope } from '@capi/core'
import { Injectable, type OnModuleDestroy } from '@nestjs/common'
import type { Order } from '../orders/order.ts'

export interface Job {
  readonly name: 'ship'
  readonly order: Order
  /** What the request knew of its visitor: plain data, with nothing in clear text that names a person. */
  readonly context: Scope
}

type Worker = (job: Job) => Promise<void>

/** A queue within this process. A real one (BullMQ, pg-boss) stores its jobs as JSON; so does this. */
@Injectable()
export class JobQueue implements OnModuleDestroy {
  readonly #workers = new Map<Job['name'], Worker>()
  readonly #waiting: string[] = []
  #timer: NodeJS.Timeout | undefined
  readonly #delayMs = 2_000

  add(job: Job): void {
    this.#waiting.push(JSON.stringify(job))
    this.#timer ??= setTimeout(() => void this.run(), this.#delayMs)
  }

  work(name: Job['name'], worker: Worker): void {
    this.#workers.set(name, worker)
  }

  /** Works off what waits. */
  async run(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const text of this.#waiting.splice(0)) {
      const job = JSON.parse(text) as Job
      await this.#workers.get(job.name)?.(job)
    }
  }

  /** Before the client closes, which sends what this still tracks. */
  async onModuleDestroy(): Promise<void> {
    await this.run()
  }
}
