import { type CapiOptions, createCapi, memoryOutbox } from '@capi/core'
import { createEmulator } from '@capi/emulator'

/** What is optional may be undefined, also with `exactOptionalPropertyTypes`. */
export async function withNothingSaid(options: CapiOptions, nothing: undefined) {
  const outbox = memoryOutbox({ maxEvents: nothing, maxBytes: nothing })
  const capi = createCapi({ ...options, outbox, batch: { maxEvents: nothing }, retry: nothing })
  const web = capi.with({ action_source: 'other', event_source_url: nothing })
  const user_data = { em: 'anna.muster@example.com', ph: nothing }
  await web.track('Lead', nothing, { event_id: 'lead.1', event_time: nothing, user_data })
  await web.with({ user_data: { external_id: 7 } }).track('Contact', nothing, nothing)
  await web.send({ event_name: 'Lead', custom_data: nothing, user_data }, { signal: nothing })
  await capi.deadLetters.list({ limit: nothing })
  await capi.flush({ timeoutMs: nothing })
  await using emulator = createEmulator({ max: nothing, mode: nothing, dedup: { prefer: nothing } })
  emulator.events({ event_name: nothing })
  return await capi.close({ timeoutMs: nothing })
}
