import { expect } from 'vitest'
import { type CapiMatchers, matchers } from './matchers/matchers.ts'

export type { CapiMatchers, DiagnosticsAllowed } from './matchers/matchers.ts'
export { matchers }

expect.extend(matchers)

declare module 'vitest' {
  // The parameters must be those of Vitest 5, unused ones too.
  interface Matchers<R extends void | Promise<void>, T> extends CapiMatchers<R> {}
}
