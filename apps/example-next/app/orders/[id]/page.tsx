import { notFound } from 'next/navigation'
import { Sold } from '../../../components/sold'
import { findOrder } from '../../../lib/orders'

export default async function ThankYouPage({ params }: { params: Promise<{ id: string }> }) {
  const order = findOrder((await params).id)
  if (order === undefined) notFound()
  return (
    <>
      <h1>Thank you!</h1>
      <Sold sale={order.sale} eventId={order.eventId} />
    </>
  )
}
