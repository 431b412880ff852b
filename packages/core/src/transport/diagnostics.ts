import type { Cause } from '../issue/cause.ts'
import type { DropReason } from '../issue/drop-reason.ts'
import type { Issue } from '../issue/issue.ts'
import { attempt } from '../runtime/attempt.ts'
import { builtin } from '../runtime/builtin.ts'
import type { Verdict } from './classify.ts'

/**
 * Messages on Node's `diagnostics_channel`, for tracing and metrics. Subscribe to the name; nothing is
 * built while nobody does. They hold no token and no personal data.
 */
export interface CapiChannels {
  /**
   * `track` was called with an event that goes to the outbox. A subscriber that knows which trace the call belongs to sets `trace`
   * to its W3C `traceparent`: it stays with the event, and comes back in `capi:request`.
   */
  'capi:track': {
    /** Set by a subscriber. What is no `traceparent` is left out. */
    trace?: string
  }
  /** Something was found in an event. */
  'capi:issue': Pick<Issue, 'code' | 'severity'>
  /** One request to Meta ended. */
  'capi:request': Cause & {
    /** The pixel the request was for. */
    readonly pixelId: string
    /** Where it went: the host of Meta's address, or of your Gateway. */
    readonly host: string
    /** How many events were in it. */
    readonly events: number
    /** From its start to the end of the answer, milliseconds. */
    readonly durationMs: number
    /** What follows from the answer. */
    readonly verdict: Verdict
    /** Meta's comments on what it took; absent where it has none. What may be personal in them reads `…`. */
    readonly messages?: readonly string[]
    /** The traces that its events belong to, each once; absent where none was set. */
    readonly traces?: readonly string[]
  }
  /** Events came to rest: delivered, dropped, or back to wait. */
  'capi:settle': {
    /** The pixel they were for; absent when they were dropped before they had one. */
    readonly pixelId?: string
    /** How many they are. */
    readonly events: number
    /** `retry`: they wait and go out again with the same bytes. */
    readonly result: 'delivered' | 'dropped' | 'retry'
    /** Of the delivered ones: how long ago the oldest happened, milliseconds. */
    readonly oldestEventMs?: number
    /** Of the delivered ones, how many Meta may count twice (see `onDelivered`); absent when none. */
    readonly mayCountTwice?: number
    /** Why they were dropped; absent unless they were. */
    readonly reason?: DropReason
  }
}

interface Channel {
  readonly hasSubscribers: boolean
  publish(message: unknown): void
}

interface DiagnosticsChannel {
  readonly channel: (name: string) => Channel
}

/** Those of the process, once they are found: to look for one costs more than to publish nothing. */
const channels: { [N in keyof CapiChannels]?: Channel | undefined } = {}

/** Does nothing where there is no `diagnostics_channel`. What a subscriber throws is Node's to report. Never throws. */
export function publish<N extends keyof CapiChannels>(
  name: N,
  message: () => CapiChannels[N],
): void {
  attempt(() => {
    channels[name] ??= builtin<DiagnosticsChannel>('node:diagnostics_channel')?.channel?.(name)
    const channel = channels[name]
    if (channel?.hasSubscribers === true) channel.publish(message())
  })
}

/** A version, 32 and 16 hex digits, flags. Source: W3C Trace Context, Recommendation of 2021-11-23, section 3.2. */
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/

/** The trace that the running call belongs to, if a subscriber of `capi:track` knows. Never throws. */
export function traceOfCall(): string | undefined {
  const message: CapiChannels['capi:track'] = {}
  publish('capi:track', () => message)
  const { trace } = message
  return typeof trace === 'string' && TRACEPARENT.test(trace) ? trace : undefined
}
