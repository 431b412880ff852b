import type { JSX } from 'preact'
import type { NearMiss, Pair } from '../../../src/analysis/report.ts'
import { comparePair } from '../model/compare-pair.ts'
import { indexOfId } from '../model/event-log.ts'
import { formatDuration } from '../model/format.ts'
import { textOf } from '../model/payload.ts'
import { formatRoute } from '../model/route.ts'
import { events } from '../state/events.ts'
import { SourceChip } from '../ui/badges.tsx'
import { Icon } from '../ui/icon.tsx'
import { DifferencesBlock } from './differences-block.tsx'

/** The browser's and the server's event side by side, after the sentence that says what became of them. */
export function PairDetail({ entry }: { readonly entry: Pair | NearMiss }): JSX.Element {
  const browser = events.value[indexOfId(events.value, entry.browser)]
  const server = events.value[indexOfId(events.value, entry.server)]
  const lines = comparePair(browser, server, 'differences' in entry ? entry.differences : undefined)
  const name = server?.event_name ?? browser?.event_name ?? 'Pair'
  const isMiss = 'reason' in entry
  const apart = browser && server ? server.received_at - browser.received_at : undefined
  return (
    <article class="detail">
      <header class="detail-head">
        <h2>{textOf(name)}</h2>
      </header>
      <p class={isMiss ? 'verdict bad' : 'verdict good'}>
        <Icon name={isMiss ? 'alert' : 'merge'} />
        <span>{entry.verdict}</span>
      </p>
      <dl class="facts">
        {!isMiss && (
          <div>
            <dt>Recognised by</dt>
            <dd>
              <code>{entry.key}</code>
            </dd>
          </div>
        )}
        {apart !== undefined && (
          <div>
            <dt>Order</dt>
            <dd>
              {apart >= 0 ? 'Browser' : 'Server'} first, {apart >= 0 ? 'server' : 'browser'}{' '}
              {formatDuration(apart)} later
            </dd>
          </div>
        )}
        <div>
          <dt>Events</dt>
          <dd class="button-row">
            <HalfLink
              id={entry.browser}
              source="browser"
              isKept={!isMiss && entry.kept === entry.browser}
            />
            <HalfLink
              id={entry.server}
              source="server"
              isKept={!isMiss && entry.kept === entry.server}
            />
          </dd>
        </div>
      </dl>
      <DifferencesBlock lines={lines} />
    </article>
  )
}

interface HalfLinkProps {
  readonly id: number
  readonly source: 'browser' | 'server'
  readonly isKept: boolean
}

function HalfLink({ id, source, isKept }: HalfLinkProps): JSX.Element {
  return (
    <a class="half" href={formatRoute({ tab: 'events', params: { event: String(id) } })}>
      <SourceChip source={source} /> #{id}
      {isKept && <span class="mark good">counts</span>}
    </a>
  )
}
