'use client'

import { useCapi } from '@capi/browser/react'
import { useEffect, useRef } from 'react'

interface SoldProps {
  readonly sale: object
  /** The id under which the server tracked the sale: Meta counts one. */
  readonly eventId: string
}

/** The browser's copy of a purchase. React runs effects twice in development: the sale is reported once. */
export function Sold({ sale, eventId }: SoldProps) {
  const capi = useCapi()
  const isReported = useRef(false)
  useEffect(() => {
    if (isReported.current) return
    isReported.current = true
    capi.track('Purchase', sale, { event_id: eventId, endpoint: false })
  }, [capi, sale, eventId])
  return null
}
