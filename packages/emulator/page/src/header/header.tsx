import type { JSX } from 'preact'
import { openDialog } from '../state/dialogs.ts'
import { LiveButton } from './live-button.tsx'
import { ClockChip, FaultChip } from './state-chips.tsx'
import { TabBar } from './tab-bar.tsx'
import { ThemeButton } from './theme-button.tsx'

export function Header(): JSX.Element {
  return (
    <header class="top">
      <h1>
        <Logo />
        <span>CAPI emulator</span>
      </h1>
      <TabBar />
      <div class="top-actions">
        <FaultChip />
        <ClockChip />
        <LiveButton />
        <ThemeButton />
        <button
          type="button"
          class="icon-button"
          onClick={() => openDialog('help')}
          aria-label="Help: keys, filters, how to connect"
          title="Keys, filters, how to connect (?)"
        >
          <span aria-hidden="true">?</span>
        </button>
      </div>
    </header>
  )
}

function Logo(): JSX.Element {
  return (
    <svg class="logo" viewBox="0 0 16 16" aria-hidden="true">
      <rect width="16" height="16" rx="4" />
      <path d="M4 8h3l1.5-3 2 6 1.5-3" />
    </svg>
  )
}
