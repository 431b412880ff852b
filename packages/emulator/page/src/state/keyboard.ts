import { TABS } from '../model/route.ts'
import { openDialog } from './dialogs.ts'
import { isPaused } from './events.ts'
import { closeDetail, cursor, moveCursor, openCursor } from './list-cursor.ts'
import { lastRouteOf, navigate } from './route.ts'

export const KEYS = [
  { keys: ['/'], means: 'Search events' },
  { keys: ['↓', '↑'], means: 'Next, previous; also j and k' },
  { keys: ['Enter'], means: 'Open' },
  { keys: ['Esc'], means: 'Close, or leave the search' },
  { keys: ['p'], means: 'Pause or go on' },
  { keys: ['c'], means: 'Clear all events' },
  { keys: ['1', String(TABS.length)], means: 'Go to a tab' },
  { keys: ['?'], means: 'This help' },
] as const

const ACTIONS: Readonly<Record<string, () => void>> = {
  '/': focusSearch,
  j: () => moveCursor(1),
  k: () => moveCursor(-1),
  ArrowDown: () => moveCursor(1),
  ArrowUp: () => moveCursor(-1),
  p: () => {
    isPaused.value = !isPaused.peek()
  },
  c: () => openDialog('clear'),
  '?': () => openDialog('help'),
}

export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (document.querySelector('dialog[open]')) return
    const target = event.target instanceof HTMLElement ? event.target : document.body
    if (target.matches('input:not([type=checkbox]), textarea, select')) {
      if (event.key === 'Escape') target.blur()
      return
    }
    if (event.key === 'Escape') return void closeDetail()
    // On a link or a button, Enter already does what it should.
    if (event.key === 'Enter' && target === document.body && cursor.peek() !== undefined) {
      return openCursor()
    }
    const action = ACTIONS[event.key] ?? tabAction(event.key)
    if (!action || (isArrow(event.key) && !movesList(target))) return
    event.preventDefault()
    action()
  })
}

function isArrow(key: string): boolean {
  return key.startsWith('Arrow')
}

/** Elsewhere the arrows scroll what one reads. */
function movesList(target: HTMLElement): boolean {
  return target === document.body || target.closest('.split-list') !== null
}

function tabAction(key: string): (() => void) | undefined {
  const found = /^[1-9]$/.test(key) ? TABS[Number(key) - 1] : undefined
  return found && (() => navigate(lastRouteOf(found.id)))
}

function focusSearch(): void {
  const field = document.getElementById('search')
  // At once, or the next letters would be taken for commands.
  if (field) {
    field.focus()
    return
  }
  navigate(lastRouteOf('events'))
  requestAnimationFrame(() => document.getElementById('search')?.focus())
}
