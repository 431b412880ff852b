import type { JSX } from 'preact'
import { THEMES, type Theme, theme } from '../state/theme.ts'
import { Icon, type IconName } from '../ui/icon.tsx'

const ICONS: Readonly<Record<Theme, IconName>> = { auto: 'auto', light: 'sun', dark: 'moon' }
const NAMES: Readonly<Record<Theme, string>> = {
  auto: 'as the system',
  light: 'light',
  dark: 'dark',
}

export function ThemeButton(): JSX.Element {
  const label = `Theme: ${NAMES[theme.value]}`
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      onClick={() => {
        const next = (THEMES.indexOf(theme.value) + 1) % THEMES.length
        theme.value = THEMES[next] ?? 'auto'
      }}
    >
      <Icon name={ICONS[theme.value]} />
    </button>
  )
}
