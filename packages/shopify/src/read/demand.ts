import { CapiConfigError } from '@capi/core'

/** @throws CapiConfigError naming the option, unless the rule holds. */
export function demand(holds: boolean, option: string, rule: string): void {
  if (!holds) throw new CapiConfigError('config_invalid', `Option ${option} ${rule}.`)
}
