import type { CapiChannels, Clock } from '@capi/core'
import {
  isSpanContextValid,
  type Link,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { requestAttributes } from './channel-metrics.ts'

/** Makes a span of a request that has ended, in a trace of its own: its events come from many. */
export function requestSpan(
  tracer: Tracer,
  clock: Pick<Clock, 'now'>,
): (message: CapiChannels['capi:request']) => void {
  return (message) => {
    const { pixelId, durationMs, verdict, events, traces = [], status, fbtrace_id } = message
    const endMs = clock.now()
    const span = tracer.startSpan(`send ${pixelId}`, {
      kind: SpanKind.CLIENT,
      root: true,
      startTime: endMs - durationMs,
      links: traces.map(toLink),
      attributes: {
        ...requestAttributes(message),
        'capi.events': events,
        ...(status !== undefined && { 'http.response.status_code': status }),
        ...(fbtrace_id !== undefined && { 'capi.fbtrace_id': fbtrace_id }),
      },
    })
    if (verdict !== 'delivered') span.setStatus({ code: SpanStatusCode.ERROR })
    span.end(endMs)
  }
}

/** The trace that runs now, as W3C's `traceparent`. */
export function activeTrace(): { readonly trace?: string } {
  const context = trace.getActiveSpan()?.spanContext()
  if (context === undefined || !isSpanContextValid(context)) return {}
  const flags = context.traceFlags.toString(16).padStart(2, '0')
  return { trace: `00-${context.traceId}-${context.spanId}-${flags}` }
}

function toLink(traceparent: string): Link {
  const [, traceId = '', spanId = '', flags = '00'] = traceparent.split('-')
  return { context: { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true } }
}
