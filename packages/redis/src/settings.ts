import type { OutboxWarning } from './outbox-options.ts'
import { storeError } from './outbox-problem.ts'

const WARNINGS: Readonly<Record<OutboxWarning['kind'], string>> = {
  persistence_off:
    'Redis keeps no append-only file: events accepted since its last snapshot are lost when it ends. Set appendonly yes.',
  settings_unknown:
    'Redis does not show its settings (INFO): make sure that maxmemory-policy is noeviction and appendonly is yes.',
  memory_full:
    'Redis is close to its maxmemory: new events are refused (queue_full), those that wait are delivered. Make room, or raise maxmemory.',
}

/**
 * Reads what `INFO` says of memory and persistence.
 * @throws CapiStoreError `misconfigured` when Redis may evict keys.
 */
export function readSettings(info: string, maxMemoryShare: number): readonly OutboxWarning[] {
  const { maxmemory_policy, maxmemory, used_memory, aof_enabled } = Object.fromEntries(
    Array.from(info.matchAll(/^(\w+):(\S+)/gm), ([, name, value]) => [name, value]),
  ) as Readonly<Record<string, string | undefined>>
  if (maxmemory_policy !== undefined && maxmemory_policy !== 'noeviction') {
    const advice = `It evicts keys when its memory is full (maxmemory-policy ${maxmemory_policy}), so events would be lost: set it to noeviction.`
    throw storeError('misconfigured', advice)
  }
  const isFull = Number(maxmemory) > 0 && Number(used_memory) > maxMemoryShare * Number(maxmemory)
  const isTrue: Readonly<Record<OutboxWarning['kind'], boolean>> = {
    persistence_off: aof_enabled === '0',
    settings_unknown: maxmemory_policy === undefined,
    memory_full: isFull,
  }
  const kinds = Object.keys(WARNINGS) as OutboxWarning['kind'][]
  return kinds.filter((kind) => isTrue[kind]).map((kind) => ({ kind, message: WARNINGS[kind] }))
}
