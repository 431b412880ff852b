import { effect } from '@preact/signals'
import type { JSX } from 'preact'
import { EventsTab } from './events/events-tab.tsx'
import { ClearDialog } from './header/clear-dialog.tsx'
import { ClockDialog } from './header/clock-dialog.tsx'
import { Header } from './header/header.tsx'
import { HelpDialog } from './header/help-dialog.tsx'
import { PAYLOAD_HELPER } from './helper/payload-helper.tsx'
import { ResendDialog } from './resend/resend-dialog.tsx'
import { announcement } from './state/announce.ts'
import { connection } from './state/connection.ts'
import { tab } from './state/route.ts'
import { ErrorBoundary } from './ui/error-boundary.tsx'
import { lazyView } from './ui/lazy-view.tsx'

/** Loaded when they are shown, or a moment after the start: the emulator may stop. */
const EARLY = {
  calls: lazyView(async () => (await import('./calls/calls-tab.tsx')).CallsTab),
  pairs: lazyView(async () => (await import('./pairs/pairs-tab.tsx')).PairsTab),
  quality: lazyView(async () => (await import('./quality/quality-tab.tsx')).QualityTab),
  diagnostics: lazyView(
    async () => (await import('./diagnostics/diagnostics-tab.tsx')).DiagnosticsTab,
  ),
  faults: lazyView(async () => (await import('./faults/faults-tab.tsx')).FaultsTab),
} as const
const VIEWS = { ...EARLY, helper: PAYLOAD_HELPER } as const

effect(() => {
  if (connection.value === 'live') for (const { load } of Object.values(EARLY)) load()
})

export function App(): JSX.Element {
  const View = tab.value === 'events' ? EventsTab : VIEWS[tab.value].View
  return (
    <>
      <Header />
      {connection.value === 'lost' && (
        <p class="banner" role="status">
          The emulator does not answer. What is shown may be old; this page reconnects by itself.
        </p>
      )}
      <main id="main">
        <ErrorBoundary key={tab.value}>
          <View />
        </ErrorBoundary>
      </main>
      <HelpDialog />
      <ClearDialog />
      <ClockDialog />
      <ResendDialog />
      <p class="unseen" aria-live="polite">
        {announcement}
      </p>
    </>
  )
}
