import { effect, signal } from '@preact/signals'

const KEY = 'capi-emulator-theme'
export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

function stored(): Theme {
  const value = localStorage.getItem(KEY)
  return THEMES.find((theme) => theme === value) ?? 'auto'
}

/** The one thing this page stores. */
export const theme = signal<Theme>(stored())

effect(() => {
  localStorage.setItem(KEY, theme.value)
  document.documentElement.dataset['theme'] = theme.value
})
