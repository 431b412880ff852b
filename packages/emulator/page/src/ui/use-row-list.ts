import type { VirtualItem } from '@tanstack/virtual-core'
import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { walkWith } from '../state/list-cursor.ts'
import { route, setParams } from '../state/route.ts'
import { useVirtualList } from './use-virtual-list.ts'

/** Below this width a row takes more lines. The styles follow the class, so that both agree. */
const COMPACT_REM = 36

const remPx = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize)

interface RowListOptions {
  readonly count: number
  /** Of the rows in order, made when it is asked for; '' for a row that cannot be chosen. */
  readonly ids: () => readonly string[]
  /** What the chosen row is called in the address. */
  readonly param: string
  readonly rowRem: number
  readonly compactRowRem: number
  /** Another name of the choice in the address: what it names, and the name. */
  readonly selected?: string | undefined
  readonly alias?: string
  /** Another parameter that goes when the detail is closed. */
  readonly companion?: string
}

interface RowList {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly items: readonly VirtualItem[]
  readonly height: number
  readonly rowHeight: number
  readonly isCompact: boolean
}

/** A long list of which few rows are drawn: the keys walk through it, and the chosen row is brought into view. */
export function useRowList(options: RowListOptions): RowList {
  const { count, param, alias = param, companion = param, rowRem, compactRowRem } = options
  const scroller = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(1000)
  const isCompact = width < COMPACT_REM * remPx()
  const rowHeight = Math.round((isCompact ? compactRowRem : rowRem) * remPx())
  const list = useVirtualList({ count, rowHeight, scroller: () => scroller.current })
  const latest = useRef({ ...options, scrollTo: list.scrollTo })
  latest.current = { ...options, scrollTo: list.scrollTo }
  const selected = options.selected ?? route.value.params[param]

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const reveal = (id: string) => {
    const index = latest.current.ids().indexOf(id)
    if (index >= 0) latest.current.scrollTo(index)
  }
  useEffect(
    () =>
      walkWith({
        ids: () => latest.current.ids().filter((id) => id !== ''),
        selected: () => latest.current.selected ?? route.peek().params[param],
        open: (id) => setParams({ [alias]: '', [param]: id }, { replace: true }),
        close: () => setParams({ [alias]: '', [companion]: '', [param]: '' }, { replace: true }),
        reveal,
      }),
    [param, alias, companion],
  )
  useEffect(() => {
    if (selected !== undefined) reveal(selected)
  }, [selected, rowHeight])

  return { scroller, items: list.items, height: list.height, rowHeight, isCompact }
}
