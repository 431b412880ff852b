import type { JSX } from 'preact'
import { ComposeTab } from './compose/compose-tab.tsx'
import { ConnectTab } from './connect/connect-tab.tsx'
import { DiagnosticsTab } from './diagnostics/diagnostics-tab.tsx'
import { EventsTab } from './events/events-tab.tsx'
import { FaultsTab } from './faults/faults-tab.tsx'
import { ClearDialog } from './header/clear-dialog.tsx'
import { FaultBanner } from './header/fault-banner.tsx'
import { Header } from './header/header.tsx'
import { HelpDialog } from './header/help-dialog.tsx'
import type { TabId } from './model/route.ts'
import { PairsTab } from './pairs/pairs-tab.tsx'
import { QualityTab } from './quality/quality-tab.tsx'
import { announcement } from './state/announce.ts'
import { connection } from './state/connection.ts'
import { tab } from './state/route.ts'
import { ErrorBoundary } from './ui/error-boundary.tsx'

const VIEWS: Readonly<Record<TabId, () => JSX.Element>> = {
  events: EventsTab,
  pairs: PairsTab,
  quality: QualityTab,
  diagnostics: DiagnosticsTab,
  compose: ComposeTab,
  faults: FaultsTab,
  connect: ConnectTab,
}

export function App(): JSX.Element {
  const View = VIEWS[tab.value]
  return (
    <>
      <Header />
      {connection.value === 'lost' && (
        <p class="banner" role="status">
          The emulator does not answer. What is shown may be old; this page reconnects by itself.
        </p>
      )}
      <FaultBanner />
      <main id="main">
        <ErrorBoundary key={tab.value}>
          <View />
        </ErrorBoundary>
      </main>
      <HelpDialog />
      <ClearDialog />
      <p class="unseen" aria-live="polite">
        {announcement}
      </p>
    </>
  )
}
