import { expect } from 'vitest'
import { type CapiMatchers, matchers } from './matchers/matchers.ts'

export type { CapiMatchers } from './matchers/matchers.ts'
export type { DiagnosticsAllowed } from './options.ts'
export { matchers }

expect.extend(matchers)

declare global {
  // Vitest takes its assertions from Chai's. Its own place for matchers has other parameters in Vitest 5 than in 3 and 4, so
  // that one declaration cannot serve both; this one has none in any of them, and Vitest makes it a promise after `resolves`.
  // Without parameters it cannot tell a connected emulator, whose matchers give a promise, from one of this process.
  namespace Chai {
    interface Assertion extends CapiMatchers<void> {}
  }
}
