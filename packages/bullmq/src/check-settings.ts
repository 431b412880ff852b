import { CapiStoreError } from '@capi/core'
import type { OutboxWarning } from './outbox-options.ts'

const WARNINGS: Readonly<Record<OutboxWarning['kind'], string>> = {
  persistence_off:
    'Redis keeps no append-only file: events accepted since its last snapshot are lost when it ends. Set `appendonly yes`.',
  settings_unknown:
    'Redis does not tell its settings (INFO): make sure that maxmemory-policy is noeviction and appendonly is yes.',
}

/**
 * Reads what `INFO` says of memory and persistence.
 * @returns what may lose events. @throws CapiStoreError `misconfigured` when Redis may throw events away as it likes.
 */
export function checkSettings(info: string): OutboxWarning[] {
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1]
  const aof = /^aof_enabled:(\d)/m.exec(info)?.[1]
  if (policy !== undefined && policy !== 'noeviction') {
    throw new CapiStoreError(
      'misconfigured',
      `The Redis of the outbox evicts keys when its memory is full (maxmemory-policy ${policy}): events would be lost. Set it to noeviction.`,
    )
  }
  if (policy === undefined || aof === undefined) return [warning('settings_unknown')]
  return aof === '0' ? [warning('persistence_off')] : []
}

const warning = (kind: OutboxWarning['kind']): OutboxWarning => ({ kind, message: WARNINGS[kind] })
