import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
} from '@tanstack/virtual-core'
import { useLayoutEffect, useReducer, useState } from 'preact/hooks'

interface VirtualListOptions {
  readonly count: number
  readonly rowHeight: number
  readonly scroller: () => HTMLElement | null
}

interface VirtualList {
  readonly items: readonly VirtualItem[]
  readonly height: number
  readonly scrollTo: (index: number) => void
}

/** The rows of a long list that are worth drawing. */
export function useVirtualList({ count, rowHeight, scroller }: VirtualListOptions): VirtualList {
  const [, draw] = useReducer((drawn: number, step: number) => drawn + step, 0)
  const options = {
    count,
    getScrollElement: scroller,
    estimateSize: () => rowHeight,
    overscan: 6,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => draw(1),
  }
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options))
  virtualizer.setOptions(options)
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer])
  useLayoutEffect(() => virtualizer._willUpdate())
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight])
  return {
    items: virtualizer.getVirtualItems(),
    height: virtualizer.getTotalSize(),
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  }
}
