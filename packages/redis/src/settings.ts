import type { OutboxWarning } from './outbox-options.ts'
import { storeError } from './outbox-problem.ts'

const WARNINGS: Readonly<Record<OutboxWarning['kind'], string>> = {
  persistence_off:
    'Redis keeps no append-only file: events accepted since its last snapshot are lost when it ends. Set appendonly yes.',
  settings_unknown:
    'Redis does not show its settings (INFO): make sure that maxmemory-policy is noeviction and appendonly is yes.',
  memory_full:
    'Redis is close to its maxmemory: new events are refused (queue_full) so that those that wait can be delivered. Make room, or raise maxmemory.',
}

export interface Settings {
  readonly warnings: readonly OutboxWarning[]
  /** It holds more than the share of its memory that may be used. */
  readonly isFull: boolean
}

/**
 * Reads what `INFO` says of memory and persistence.
 * @throws CapiStoreError `misconfigured` when Redis may evict keys.
 */
export function readSettings(info: string, maxMemoryShare: number): Settings {
  const read = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1]
  const policy = read('maxmemory_policy')
  if (policy !== undefined && policy !== 'noeviction') {
    throw storeError(
      'misconfigured',
      `it evicts keys when its memory is full, so events would be lost: set maxmemory-policy to noeviction, it is ${policy}`,
    )
  }
  const most = Number(read('maxmemory') ?? 0)
  const isFull = most > 0 && Number(read('used_memory')) > maxMemoryShare * most
  const kinds: OutboxWarning['kind'][] = []
  if (policy === undefined) kinds.push('settings_unknown')
  if (read('aof_enabled') === '0') kinds.push('persistence_off')
  if (isFull) kinds.push('memory_full')
  return { isFull, warnings: kinds.map((kind) => ({ kind, message: WARNINGS[kind] })) }
}
