import { type Channel, channel } from 'node:diagnostics_channel'
import type { Capi, CapiChannels, Clock } from '@capi/core'
import { attempt, systemClock } from '@capi/core/adapter'
import type { Quality } from '@capi/core/quality'
import { type MeterProvider, metrics, type TracerProvider, trace } from '@opentelemetry/api'
import { channelMetrics } from './channel-metrics.ts'
import { observeClient } from './observe-client.ts'
import { observeQuality } from './observe-quality.ts'
import { activeTrace, requestSpan } from './spans.ts'

/** What is measured, and where it goes. */
export interface CapiInstrumentation {
  /** The client whose waiting events and dead letters are shown. Absent: `capi.client.queue.size` and `.dead_letters` are not. */
  readonly client?: Pick<Capi, 'stats'> | undefined
  /** Where metrics go; default the global one. */
  readonly meterProvider?: MeterProvider | undefined
  /** Where spans go; default the global one. */
  readonly tracerProvider?: TracerProvider | undefined
  /**
   * Keeps with each event the trace of the call that tracked it, 55 characters, through every outbox; the span of the request to Meta
   * then links to it. Default false.
   */
  readonly links?: boolean | undefined
  /**
   * For `capi.dataset.match_quality`: how to ask Meta, by dataset: `{ '1234567890': () => readQuality({ … }) }`, with `readQuality` of
   * `@capi/core/quality`. Each is called once an hour at most.
   */
  readonly quality?: Readonly<Record<string, () => Promise<Quality>>> | undefined
  /** Whether `capi.dataset.match_quality` also names events that are not Meta's standard ones. Default false. */
  readonly ownEventNames?: boolean | undefined
  /** Where time comes from; default the machine's. For tests. */
  readonly clock?: Clock | undefined
}

/**
 * Sends metrics and spans of every client of the process to OpenTelemetry. Call it once, after the SDK was started. No attribute holds
 * personal data or a token. What OpenTelemetry throws is ignored: measuring costs no event.
 *
 * @returns ends it.
 * @example
 * const capi = createCapi({ pixelId: '1234567890', accessToken })
 * const end = instrumentCapi({ client: capi })
 */
export function instrumentCapi({
  client,
  meterProvider = metrics.getMeterProvider(),
  tracerProvider = trace.getTracerProvider(),
  links = false,
  quality: readers,
  ownEventNames = false,
  clock = systemClock,
}: CapiInstrumentation = {}): () => void {
  const meter = meterProvider.getMeter('@capi/otel')
  const { onIssue, onRequest, onSettle } = channelMetrics(meter)
  const addSpan = requestSpan(tracerProvider.getTracer('@capi/otel'), clock)
  const ends = [
    listen('capi:issue', onIssue),
    listen('capi:settle', onSettle),
    listen('capi:request', (message) => {
      onRequest(message)
      addSpan(message)
    }),
  ]
  if (links) ends.push(listen('capi:track', (message) => Object.assign(message, activeTrace())))
  if (client !== undefined) ends.push(observeClient(meter, client))
  if (readers !== undefined) ends.push(observeQuality(meter, { readers, ownEventNames, clock }))
  return () => {
    for (const end of ends) end()
  }
}

/** Node ends the process with what a subscriber throws, so none does. */
function listen<N extends keyof CapiChannels>(
  name: N,
  hear: (message: CapiChannels[N]) => unknown,
): () => void {
  const listener = (message: unknown) => void attempt(() => hear(message as CapiChannels[N]))
  const subscription = { channel: channel(name) }
  held.add(subscription)
  subscription.channel.subscribe(listener)
  return () => {
    subscription.channel.unsubscribe(listener)
    held.delete(subscription)
  }
}

/** Bun 1.4 forgets a channel, and its listeners with it, once nothing else holds it: see findings/bun-forgets-listeners.sh. */
const held = new Set<{ readonly channel: Channel }>()
