import { type CapiMatchers, matchers } from './matchers/matchers.ts'

export type { CapiMatchers, DiagnosticsAllowed } from './matchers/matchers.ts'
export { matchers }

interface Extendable {
  readonly extend: (matchers: object) => void
}

/** Jest's own, unless `injectGlobals` is off: then call `expect.extend(matchers)` yourself. */
const { expect }: { readonly expect?: Extendable } = globalThis as { readonly expect?: Extendable }
expect?.extend(matchers)

declare global {
  // Jest's types offer no other place to add a matcher; the parameters must be theirs, unused ones too.
  namespace jest {
    interface Matchers<R, T> extends CapiMatchers<R> {}
  }
}
