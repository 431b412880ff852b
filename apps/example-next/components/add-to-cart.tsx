'use client'

import { useCapi } from '@capi/browser/react'
import type { Product } from '../lib/products'

/** What only the browser knows: to the Pixel, and to the server at `/events`. */
export function AddToCart({ product: { id, price } }: { readonly product: Product }) {
  const capi = useCapi()
  const add = () => capi.track('AddToCart', { content_ids: [id], value: price, currency: 'EUR' })
  return (
    <button type="button" onClick={add}>
      Add to cart
    </button>
  )
}
