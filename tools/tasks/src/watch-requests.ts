import { channel } from 'node:diagnostics_channel'
import type { CapiChannels } from '@capi/core'

/** Counts requests to Meta by what came of them; returns what stops it. */
export function watch(count: (verdict: string, durationMs: number) => void): () => void {
  const requests = channel('capi:request')
  const listen = (message: unknown) => {
    const { verdict, durationMs } = message as CapiChannels['capi:request']
    count(verdict, durationMs)
  }
  requests.subscribe(listen)
  return () => requests.unsubscribe(listen)
}
