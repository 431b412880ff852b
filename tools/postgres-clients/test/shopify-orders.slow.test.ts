import { ORDER_STORE_ANSWERS, orderStoreAnswers, readmeModule } from '@capi/testing'
import { newDatabase } from '@capi/testing/postgres'
import type {} from '@capi/testing/postgres-setup'
import { Pool } from 'pg'
import { expect, inject, it, onTestFinished } from 'vitest'

const README = new URL('../../../packages/shopify/README.md', import.meta.url)
const TABLE =
  'CREATE TABLE shopify_order (shop text, order_id text, marks text[], marked_at timestamptz, PRIMARY KEY (shop, order_id))'

it('the order store on Postgres that the README of @capi/shopify shows keeps its promises', async () => {
  const database = await newDatabase(inject('postgresUrl'))
  const pool = new Pool({ connectionString: database.url })
  onTestFinished(async () => {
    await pool.end()
    await database.drop()
  })
  await pool.query(TABLE)
  const { postgresOrderStore } = await readmeModule(README, TABLE)
  const store = (postgresOrderStore as (db: unknown) => never)(pool)
  expect(await orderStoreAnswers(store)).toEqual(ORDER_STORE_ANSWERS)
  const { rows } = await pool.query(
    'SELECT min(marked_at) > now() - interval $$1 minute$$ AS fresh FROM shopify_order',
  )
  expect(rows).toEqual([{ fresh: true }])
})
