import Link from 'next/link'
import { PRODUCTS } from '../lib/products'

export default function Home() {
  return (
    <ul>
      {PRODUCTS.map(({ id, name, price }) => (
        <li key={id}>
          <Link href={`/products/${id}`}>{name}</Link>, €{price.toFixed(2)}
        </li>
      ))}
    </ul>
  )
}
