import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { formatRoute, TABS } from '../model/route.ts'
import { lastRouteOf, tab } from '../state/route.ts'

/** Rounded widths may differ from scrolled ones by a part of a pixel. */
const SLACK_PX = 2

/** All views. On a narrow screen the bar scrolls, and marks the side on which there is more. */
export function TabBar(): JSX.Element {
  const nav = useRef<HTMLElement>(null)
  const [hidden, setHidden] = useState({ before: false, after: false })
  const current = tab.value

  const measure = () => {
    if (nav.current === null) return
    const { scrollLeft, scrollWidth, clientWidth } = nav.current
    const before = scrollLeft > SLACK_PX
    const after = scrollLeft + clientWidth < scrollWidth - SLACK_PX
    setHidden((last) => (last.before === before && last.after === after ? last : { before, after }))
  }

  useEffect(() => {
    const show = () => {
      nav.current
        ?.querySelector('[aria-current]')
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      measure()
    }
    if (current) show()
    addEventListener('resize', show)
    return () => removeEventListener('resize', show)
  }, [current])

  return (
    <div
      class={`tab-bar${hidden.before ? ' more-before' : ''}${hidden.after ? ' more-after' : ''}`}
    >
      <nav aria-label="Views" class="tabs" ref={nav} onScroll={measure}>
        {TABS.map(({ id, title }) => (
          <a
            key={id}
            href={formatRoute(lastRouteOf(id))}
            aria-current={id === current ? 'page' : undefined}
          >
            {title}
          </a>
        ))}
      </nav>
    </div>
  )
}
