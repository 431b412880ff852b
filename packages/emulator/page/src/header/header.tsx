import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { plural } from '../model/format.ts'
import { formatRoute, TABS } from '../model/route.ts'
import { openDialog } from '../state/dialogs.ts'
import { faults, isOver } from '../state/reports.ts'
import { tab } from '../state/route.ts'
import { LiveButton } from './live-button.tsx'
import { ThemeButton } from './theme-button.tsx'

export function Header(): JSX.Element {
  const active = faults.value.data?.filter((fault) => !isOver(fault)).length ?? 0
  const nav = useRef<HTMLElement>(null)
  const current = tab.value
  useEffect(() => {
    const show = () =>
      nav.current
        ?.querySelector('[aria-current]')
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    if (current) show()
    addEventListener('resize', show)
    return () => removeEventListener('resize', show)
  }, [current])
  return (
    <header class="top">
      <h1>
        <Logo />
        <span>CAPI emulator</span>
      </h1>
      <nav aria-label="Views" class="tabs" ref={nav}>
        {TABS.map(({ id, title }) => (
          <a
            key={id}
            href={formatRoute({ tab: id, params: {} })}
            aria-current={id === current ? 'page' : undefined}
          >
            {title}
            {id === 'faults' && active > 0 && (
              <span class="count" title={plural(active, 'active fault')}>
                {active}
              </span>
            )}
          </a>
        ))}
      </nav>
      <div class="top-actions">
        <LiveButton />
        <ThemeButton />
        <button
          type="button"
          class="icon-button"
          onClick={() => openDialog('help')}
          aria-label="Help and keys"
          title="Help and keys (?)"
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
