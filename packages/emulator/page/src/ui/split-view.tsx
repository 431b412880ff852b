import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from './icon.tsx'

interface SplitViewProps {
  readonly list: ComponentChildren
  /** Absent when nothing is chosen. */
  readonly detail: ComponentChildren | undefined
  /** Changes with what is shown, so that the new detail starts at its top. */
  readonly detailKey: string | undefined
  readonly detailLabel: string
  readonly onClose: () => void
}

/** A list, and beside it what is chosen; on a narrow screen the choice is a screen of its own. */
export function SplitView({
  list,
  detail,
  detailKey,
  detailLabel,
  onClose,
}: SplitViewProps): JSX.Element {
  const pane = useRef<HTMLElement>(null)
  useEffect(() => {
    pane.current?.scrollTo(0, 0)
  }, [detailKey])
  return (
    <div class={detail === undefined ? 'split' : 'split open'}>
      <div class="split-list">{list}</div>
      {detail !== undefined && (
        <section class="split-detail" aria-label={detailLabel} ref={pane} tabIndex={-1}>
          <div class="detail-bar">
            <button type="button" class="button back" onClick={onClose}>
              <Icon name="back" />
              Back
            </button>
            <button
              type="button"
              class="icon-button close"
              onClick={onClose}
              aria-label="Close"
              title="Close (Esc)"
            >
              <Icon name="cross" />
            </button>
          </div>
          {detail}
        </section>
      )}
    </div>
  )
}
