import { Inject, Injectable } from '@nestjs/common'
import type { PoolClient } from 'pg'
import type { OpenOutbox } from '../outbox/open-outbox.ts'
import { OUTBOX } from '../outbox/outbox.module.ts'
import type { Order } from './order.ts'

/** What else happens with the order or not at all. */
type Also = (order: Order, transaction?: PoolClient) => Promise<unknown>

@Injectable()
export class OrdersRepository {
  readonly #outbox: OpenOutbox
  #lastId = 1000

  constructor(@Inject(OUTBOX) outbox: OpenOutbox) {
    this.#outbox = outbox
  }

  async insert(draft: Omit<Order, 'id'>, also: Also): Promise<Order> {
    const client = await this.#outbox.pool?.connect()
    if (client === undefined) {
      this.#lastId++
      const order = { id: this.#lastId, ...draft }
      await also(order)
      return order
    }
    try {
      await client.query('BEGIN')
      const { rows } = await client.query<{ id: number }>(
        'INSERT INTO orders (email, total) VALUES ($1, $2) RETURNING id',
        [draft.email, draft.total],
      )
      const order = { id: rows[0]?.id ?? 0, ...draft }
      await also(order, client)
      await client.query('COMMIT')
      return order
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    } finally {
      client.release()
    }
  }
}
