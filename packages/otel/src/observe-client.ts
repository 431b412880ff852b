import type { Capi } from '@capi/core'
import type { BatchObservableResult, Meter } from '@opentelemetry/api'

/** Shows what a client holds, whenever metrics are collected. @returns ends it. */
export function observeClient(meter: Meter, client: Pick<Capi, 'stats'>): () => void {
  const queue = meter.createObservableGauge('capi.client.queue.size', {
    unit: '{event}',
    description: 'Events that wait or are on their way.',
  })
  const dead = meter.createObservableGauge('capi.client.dead_letters', {
    unit: '{event}',
    description: 'Events that Meta refused and the outbox keeps.',
  })
  const observe = async (result: BatchObservableResult) => {
    const { pixels } = await client.stats()
    for (const [pixelId, { state, queued, dead: refused }] of Object.entries(pixels)) {
      const attributes = { 'capi.dataset.id': pixelId, 'capi.delivery.state': state }
      if (queued !== undefined) result.observe(queue, queued, attributes)
      if (refused !== undefined) result.observe(dead, refused, { 'capi.dataset.id': pixelId })
    }
  }
  meter.addBatchObservableCallback(observe, [queue, dead])
  return () => meter.removeBatchObservableCallback(observe, [queue, dead])
}
