export type Core = typeof import('./rules-of-core.ts')

/** How `@capi/core` prepares and hashes a value. The browser keeps what it has loaded. */
export function loadCore(): Promise<Core> {
  return import('./rules-of-core.ts')
}
