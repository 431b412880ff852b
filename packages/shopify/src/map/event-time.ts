import { maxAgeSec } from '@capi/core/adapter'
import { skip } from '../read/guarded.ts'
import { firstOf } from '../read/read.ts'
import type { MappingOptions, OrderActionSource } from './mapping-options.ts'

/** Seconds of the first readable time; undefined when none is. */
export function secondsOf(times: readonly unknown[]): number | undefined {
  return firstOf(times, (time) => {
    const isIso = typeof time === 'string' && /^\d{4}-\d\d-\d\dT/.test(time)
    const seconds = isIso ? Math.floor(Date.parse(time) / 1000) : Number.NaN
    return Number.isNaN(seconds) ? undefined : seconds
  })
}

export function nowMs(options: MappingOptions): number {
  return options.nowMs ?? Date.now()
}

/**
 * When it happened: the first readable of `times`, else when Shopify sent it, else now. Never later than now, which
 * Meta refuses: clocks differ.
 * @throws Skip `stale` where Meta would refuse it.
 */
export function eventTime(
  times: readonly unknown[],
  actionSource: OrderActionSource,
  options: MappingOptions,
): number {
  const nowSec = Math.floor(nowMs(options) / 1000)
  const seconds = Math.min(secondsOf([...times, options.triggeredAt]) ?? nowSec, nowSec)
  return isStale(seconds, nowSec, actionSource) ? skip('stale') : seconds
}

export function isStale(seconds: number, nowSec: number, actionSource: OrderActionSource): boolean {
  return seconds < nowSec - maxAgeSec(actionSource)
}
