import type { Cause } from '../issue/cause.ts'
import type { DropReason } from '../issue/drop-reason.ts'
import { attempt } from '../runtime/attempt.ts'
import { builtin } from '../runtime/builtin.ts'
import type { Verdict } from './classify.ts'

/**
 * Messages on Node's `diagnostics_channel`, for tracing and metrics. Subscribe to the name; nothing is
 * built while nobody does. They hold no token and no personal data.
 */
export interface CapiChannels {
  /** One request to Meta ended. */
  'capi:request': Cause & {
    /** The pixel the request was for. */
    readonly pixelId: string
    /** How many events were in it. */
    readonly events: number
    /** From its start to the end of the answer, milliseconds. */
    readonly durationMs: number
    /** What follows from the answer. */
    readonly verdict: Verdict
    /** Meta's comments on what it took; absent where it has none. What may be personal in them reads `…`. */
    readonly messages?: readonly string[]
  }
  /** Events came to rest: delivered, dropped, or back to wait. */
  'capi:settle': {
    /** The pixel they were for; absent when they were dropped before they had one. */
    readonly pixelId?: string
    /** How many they are. */
    readonly events: number
    /** `retry`: they wait and go out again with the same bytes. */
    readonly result: 'delivered' | 'dropped' | 'retry'
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

/** Does nothing where there is no `diagnostics_channel`. What a subscriber throws is Node's to report. Never throws. */
export function publish<N extends keyof CapiChannels>(
  name: N,
  message: () => CapiChannels[N],
): void {
  attempt(() => {
    const channel = builtin<DiagnosticsChannel>('node:diagnostics_channel')?.channel?.(name)
    if (channel?.hasSubscribers === true) channel.publish(message())
  })
}
