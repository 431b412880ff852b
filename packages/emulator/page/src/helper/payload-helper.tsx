import { loadCore } from '../core/load-core.ts'
import { type LazyView, lazyView } from '../ui/lazy-view.tsx'

/** Hashes values as `@capi/core` does and builds a payload of them. The rules of core come with it. */
export const PAYLOAD_HELPER: LazyView<object> = lazyView(async () => {
  const [core, { HelperPage }] = await Promise.all([loadCore(), import('./helper-page.tsx')])
  return () => <HelperPage core={core} />
})
