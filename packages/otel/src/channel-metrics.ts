import type { CapiChannels } from '@capi/core'
import type { Attributes, Meter } from '@opentelemetry/api'

/** Seconds. */
const DURATIONS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/** Seconds: from a moment to the week after which Meta refuses an event of a website. */
const AGES = [1, 5, 15, 60, 300, 900, 3_600, 21_600, 86_400, 604_800]

/** What the messages of the channels count. */
export function channelMetrics(meter: Meter) {
  const durations = meter.createHistogram('capi.client.request.duration', {
    unit: 's',
    description: 'Duration of a request to Meta.',
    advice: { explicitBucketBoundaries: DURATIONS },
  })
  const events = meter.createCounter('capi.client.events', {
    unit: '{event}',
    description: 'Events that were delivered, dropped, or wait for another try.',
  })
  const ages = meter.createHistogram('capi.client.event.age', {
    unit: 's',
    description: 'How long before its delivery the oldest event of a request happened.',
    advice: { explicitBucketBoundaries: AGES },
  })
  const issues = meter.createCounter('capi.client.issues', {
    unit: '{issue}',
    description: 'Issues found in events.',
  })
  return {
    onIssue: ({ code }: CapiChannels['capi:issue']) => issues.add(1, { 'capi.issue.code': code }),

    onSettle: ({
      pixelId,
      events: count,
      result,
      reason,
      oldestEventMs,
    }: CapiChannels['capi:settle']) => {
      const dataset = pixelId === undefined ? {} : { 'capi.dataset.id': pixelId }
      const why = reason === undefined ? {} : { 'capi.drop.reason': reason }
      events.add(count, { ...dataset, 'capi.outcome': result, ...why })
      if (oldestEventMs !== undefined) ages.record(oldestEventMs / 1_000, dataset)
    },

    onRequest: (message: CapiChannels['capi:request']) =>
      durations.record(message.durationMs / 1_000, requestAttributes(message)),
  }
}

/** Of a request: the same for its duration and its span. */
export function requestAttributes({
  pixelId,
  verdict,
  code,
  host,
}: CapiChannels['capi:request']): Attributes {
  return {
    'capi.dataset.id': pixelId,
    'capi.verdict': verdict,
    'server.address': host,
    ...(verdict !== 'delivered' && { 'error.type': code }),
  }
}
