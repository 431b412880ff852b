'use client'

import { useCapi } from '@capi/browser/react'
import { useEffect, useRef } from 'react'
import type { Order } from '../lib/orders'

/** The browser's copy of a purchase. React runs effects twice in development: the sale is reported once. */
export function Sold({ sale, eventId }: Pick<Order, 'sale' | 'eventId'>) {
  const capi = useCapi()
  const isReported = useRef(false)
  useEffect(() => {
    if (isReported.current) return
    isReported.current = true
    capi.track('Purchase', sale, { event_id: eventId, endpoint: false })
  }, [capi, sale, eventId])
  return null
}
