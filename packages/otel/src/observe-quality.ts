import type { Clock } from '@capi/core'
import { isStandard } from '@capi/core/adapter'
import type { Quality } from '@capi/core/quality'
import type { Meter, ObservableResult } from '@opentelemetry/api'

/** Meta's numbers move slowly, and calls count against the ad account. */
const KEPT_MS = 3_600_000

export interface QualityReaders {
  /** By dataset. */
  readonly readers: Readonly<Record<string, () => Promise<Quality>>>
  readonly ownEventNames: boolean
  readonly clock: Pick<Clock, 'tick'>
}

interface Kept {
  readonly atTick: number
  readonly quality: Promise<Quality | undefined>
}

/** Shows Meta's event match quality, as it was at most an hour ago. @returns ends it. */
export function observeQuality(
  meter: Meter,
  { readers, ownEventNames, clock }: QualityReaders,
): () => void {
  const gauge = meter.createObservableGauge('capi.dataset.match_quality', {
    unit: '{score}',
    description: 'Event match quality as Meta reports it, up to 10.',
  })
  const kept = new Map<string, Kept>()
  const observe = async (result: ObservableResult) => {
    for (const [pixelId, read] of Object.entries(readers)) {
      let known = kept.get(pixelId)
      if (known === undefined || clock.tick() - known.atTick > KEPT_MS) {
        // Asked again after an hour also where it failed.
        known = { atTick: clock.tick(), quality: read().catch(() => undefined) }
        kept.set(pixelId, known)
      }
      for (const { event_name, score } of (await known.quality)?.web ?? []) {
        if (score === undefined || !(ownEventNames || isStandard(event_name))) continue
        result.observe(score, { 'capi.dataset.id': pixelId, 'capi.event.name': event_name })
      }
    }
  }
  gauge.addCallback(observe)
  return () => gauge.removeCallback(observe)
}
