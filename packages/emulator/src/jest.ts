import type { ConnectedEmulator } from './connect/connected-emulator.ts'
import { type CapiMatchers, matchers } from './matchers/matchers.ts'

export type { CapiMatchers } from './matchers/matchers.ts'
export type { DiagnosticsAllowed } from './options.ts'
export { matchers }

interface Extendable {
  readonly extend: (matchers: object) => void
}

/** Jest's own, unless `injectGlobals` is off: then call `expect.extend(matchers)` yourself. */
const { expect }: { readonly expect?: Extendable } = globalThis as { readonly expect?: Extendable }
expect?.extend(matchers)

declare global {
  // Jest's types offer no other place to add a matcher; the parameters must be theirs.
  namespace jest {
    interface Matchers<R, T> extends CapiMatchers<T extends ConnectedEmulator ? Promise<R> : R> {}
  }
}
