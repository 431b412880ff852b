import { type CapiService, InjectCapi } from '@capi/nest'
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { type Job, JobQueue } from '../jobs/job-queue.ts'

/** Works long after the request: what it knows of the visitor is in the job. */
@Injectable()
export class Shipping implements OnModuleInit {
  readonly #capi: CapiService
  readonly #jobs: JobQueue

  constructor(@InjectCapi() capi: CapiService, @Inject(JobQueue) jobs: JobQueue) {
    this.#capi = capi
    this.#jobs = jobs
  }

  onModuleInit(): void {
    this.#jobs.work('ship', (job) => this.ship(job))
  }

  async ship({ order, context }: Job): Promise<void> {
    await this.#capi.with(context).track(
      'OrderShipped', // an event of our own
      { value: order.total, currency: 'EUR', order_id: order.id },
      { event_id: this.#capi.eventId('shipped', order.id), user_data: { em: order.email } },
    )
  }
}
