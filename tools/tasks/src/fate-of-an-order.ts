import { type CapiOptions, createCapi, type DropReason } from '@capi/core'

/** An order's row says whether Meta has its purchase. */
export function clientThatNotes(options: CapiOptions, note: (id: string, fate: string) => void) {
  const why = (reason: DropReason, code: string | undefined) =>
    code === undefined ? reason : `${reason} ${code}`
  return createCapi({
    ...options,
    onDelivered: ({ event_ids }) => {
      for (const id of event_ids) note(id, 'delivered')
    },
    onDropped: ({ event_ids, reason, cause }) => {
      for (const id of event_ids) note(id, why(reason, cause?.code))
    },
  })
}
