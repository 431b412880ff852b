import type { Capi } from '@capi/core'

/** What Meta refused is looked at, and sent again when its cause is fixed. */
export async function refusedByMeta(capi: Capi) {
  const letters = await capi.deadLetters.list({ limit: 20 })
  const seen = letters.map(({ event_id, pixelId, cause }) => `${pixelId} ${event_id} ${cause.code}`)
  const { replayed } = await capi.deadLetters.replay('all')
  return { seen, replayed }
}
