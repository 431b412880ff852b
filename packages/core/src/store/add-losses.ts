import type { Loss } from './outbox-port.ts'

/** Losses of one lane and reason. */
export interface LaneLoss {
  readonly lane: string
  readonly reason: Loss['reason']
  readonly count: number
  /** As far as they are known. */
  readonly event_ids: readonly string[]
}

/** One for each lane and reason. */
export function addLosses(losses: readonly Loss[]): readonly LaneLoss[] {
  const added = new Map<string, LaneLoss & { count: number; readonly event_ids: string[] }>()
  for (const { lane, reason, event_id, count = 1 } of losses) {
    const name = `${reason} ${lane}`
    const loss = added.get(name) ?? { lane, reason, count: 0, event_ids: [] }
    added.set(name, loss)
    loss.count += count
    if (event_id !== undefined) loss.event_ids.push(event_id)
  }
  return [...added.values()]
}
