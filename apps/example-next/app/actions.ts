'use server'

import { randomUUID } from 'node:crypto'
import { redirect } from 'next/navigation'
import { capi } from '../lib/capi'
import { saveOrder } from '../lib/orders'
import { findProduct } from '../lib/products'

export async function buy(form: FormData): Promise<void> {
  const product = findProduct(form.get('product'))
  const email = form.get('email')
  if (product === undefined || typeof email !== 'string') redirect('/')

  const id = randomUUID().slice(0, 8)
  const sale = { value: product.price, currency: 'EUR', content_ids: [product.id] }
  const tracker = await capi.getCapi()
  const { event_id: eventId } = await tracker.track('Purchase', sale, {
    event_id: tracker.eventId('order', id),
    user_data: { em: email }, // hashed before it waits anywhere
  })
  saveOrder({ id, sale, eventId })
  redirect(`/orders/${id}`)
}
