import type { JSX } from 'preact'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import { fitChips } from '../model/fit-chips.ts'
import { plural } from '../model/format.ts'
import { groupOf, textOf } from '../model/payload.ts'
import { hrefWith } from '../state/route.ts'
import { SourceChip, StatusBadge } from '../ui/badges.tsx'
import { Icon } from '../ui/icon.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'

/** A cell shows less still. */
const CELL_TEXT = 200

interface EventRowProps {
  readonly event: CapturedEvent
  readonly index: number
  readonly top: number
  readonly height: number
  /** Of the column of customer information. */
  readonly keysPx: number
  readonly isSelected: boolean
  readonly isCursor: boolean
}

/** One event on a line. The link covers the whole row, so that a row is clicked, copied and opened like a link. */
export function EventRow({
  event,
  index,
  top,
  height,
  keysPx,
  isSelected,
  isCursor,
}: EventRowProps): JSX.Element {
  const id = String(event.id)
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      class={`row row-grid${isSelected ? ' selected' : ''}${isCursor ? ' cursor' : ''}`}
      style={{ transform: `translateY(${top}px)`, height: `${height}px` }}
    >
      <span role="cell" class="col-name">
        <a
          href={hrefWith({ event: id })}
          data-row={id}
          aria-current={isSelected ? 'true' : undefined}
        >
          {textOf(event.event_name, CELL_TEXT) || <span class="quiet">no event_name</span>}
        </a>
        <Findings event={event} />
        {event.test_event_code !== undefined && (
          <span class="key" title="Test code">
            {textOf(event.test_event_code, 30)}
          </span>
        )}
      </span>
      <span role="cell" class="col-source">
        <SourceChip source={event.source} />
      </span>
      <span role="cell" class="col-status">
        <StatusBadge status={event.status} />
      </span>
      <span role="cell" class="col-id mono" title={event.event_id && textOf(event.event_id)}>
        {event.event_id === undefined ? <None /> : textOf(event.event_id, CELL_TEXT)}
      </span>
      <span role="cell" class="col-value">
        <Value event={event} />
      </span>
      <span role="cell" class="col-keys">
        <Keys event={event} widthPx={keysPx} />
      </span>
      <span role="cell" class="col-time">
        <TimeAgo ms={event.received_at} />
      </span>
    </div>
  )
}

function None(): JSX.Element {
  return (
    <span class="none">
      <span aria-hidden="true">–</span>
      <span class="unseen">none</span>
    </span>
  )
}

function Findings({
  event: { issues = [] },
}: {
  readonly event: CapturedEvent
}): JSX.Element | null {
  if (issues.length === 0) return null
  const severity =
    (['high', 'medium'] as const).find((level) =>
      issues.some((issue) => issue.severity === level),
    ) ?? 'low'
  return (
    <span class={`findings ${severity}`} title={issues.map(({ title }) => title).join('\n')}>
      <Icon name={severity === 'low' ? 'info' : 'alert'} />
      {issues.length}
      <span class="unseen"> {plural(issues.length, 'issue').replace(/^\S+ /, '')}</span>
    </span>
  )
}

function Value({ event }: { readonly event: CapturedEvent }): JSX.Element {
  const { value, currency } = groupOf(event, 'custom_data')
  if (value === undefined || value === null) return <None />
  return (
    <>
      {textOf(value, 40)} {typeof currency === 'string' && <small>{textOf(currency, 10)}</small>}
    </>
  )
}

const SHORT_KEYS: ReadonlyMap<string, string> = new Map([
  ['client_ip_address', 'ip'],
  ['client_user_agent', 'ua'],
  ['external_id', 'xid'],
])

function Keys({
  event,
  widthPx,
}: {
  readonly event: CapturedEvent
  readonly widthPx: number
}): JSX.Element {
  const keys = Object.keys(groupOf(event, 'user_data'))
  if (keys.length === 0) return <None />
  const texts = keys.map((key) => SHORT_KEYS.get(key) ?? textOf(key, 30))
  const fit = fitChips(texts, widthPx)
  return (
    <>
      {texts.slice(0, fit).map((text, index) => (
        <span key={keys[index]} class="key" title={textOf(keys[index])}>
          {text}
        </span>
      ))}
      {fit < keys.length && (
        <span class="key" title={textOf(keys.slice(fit).join(', '))}>
          +{keys.length - fit}
          <span class="unseen"> more</span>
        </span>
      )}
    </>
  )
}
