import { notFound } from 'next/navigation'
import { AddToCart } from '../../../components/add-to-cart'
import { findProduct } from '../../../lib/products'
import { buy } from '../../actions'

export default async function ProductPage({ params }: { params: Promise<{ id: string }> }) {
  const product = findProduct((await params).id)
  if (product === undefined) notFound()
  return (
    <form action={buy}>
      <h1>{product.name}</h1>
      <AddToCart product={product} />
      <input type="hidden" name="product" value={product.id} />
      <label>
        Email <input name="email" type="email" defaultValue="anna.muster@example.com" required />
      </label>
      <button type="submit">Buy for €{product.price.toFixed(2)}</button>
    </form>
  )
}
