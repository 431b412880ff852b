import { signal } from '@preact/signals'

/** A list that j and k walk through. */
export interface WalkableList {
  readonly ids: () => readonly string[]
  /** The row whose detail is open. */
  readonly selected: () => string | undefined
  /** Shows a row's detail in place of the one shown. */
  readonly open: (id: string) => void
  readonly close: () => void
  /** Scrolls so that the row can be drawn; needed where only some rows are. */
  readonly reveal?: (id: string) => void
}

/** The row that the keys stand on. */
export const cursor = signal<string | undefined>(undefined)

let list: WalkableList | undefined

/** @returns a function that takes the list off the keys again. */
export function walkWith(next: WalkableList): () => void {
  list = next
  cursor.value = undefined
  return () => {
    if (list === next) list = undefined
  }
}

export function moveCursor(step: number): void {
  if (!list) return
  const ids = list.ids()
  const selected = list.selected()
  const from = ids.indexOf(cursor.peek() ?? selected ?? '')
  const id = ids[from < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, from + step))]
  if (id === undefined) return
  cursor.value = id
  list.reveal?.(id)
  if (selected !== undefined) list.open(id)
  focusRow(id)
}

export function openCursor(): void {
  if (cursor.peek() !== undefined) list?.open(cursor.peek() ?? '')
}

/** @returns whether a detail was open. */
export function closeDetail(): boolean {
  const selected = list?.selected()
  if (!list || selected === undefined) return false
  list.close()
  focusRow(selected)
  return true
}

/** The row may have to be drawn first. */
function focusRow(id: string): void {
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      const row = document.querySelector(`[data-row="${CSS.escape(id)}"]`)
      if (row instanceof HTMLElement) row.focus({ preventScroll: true })
      row?.scrollIntoView({ block: 'nearest' })
    })
  })
}
