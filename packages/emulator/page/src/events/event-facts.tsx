import type { ComponentChildren, JSX } from 'preact'
import { readEventTime } from '../../../src/rules/read-event-time.ts'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import { formatAbsolute, formatDuration } from '../model/format.ts'
import { textOf } from '../model/payload.ts'
import { formatRoute } from '../model/route.ts'
import { TimeAgo } from '../ui/time-ago.tsx'

export function EventFacts({ event }: { readonly event: CapturedEvent }): JSX.Element {
  const { event_time, action_source, event_source_url, referrer_url, opt_out } = event.payload
  const timeSec = readEventTime(event_time)
  const timeMs = timeSec === undefined ? undefined : timeSec * 1000
  return (
    <section class="block">
      <h3>Summary</h3>
      <dl class="facts">
        <Fact term="Received">
          <TimeAgo ms={event.received_at} suffix />{' '}
          <span class="quiet">{formatAbsolute(event.received_at)}</span>
        </Fact>
        {timeMs !== undefined && (
          <Fact term="Happened">
            <Delay timeMs={timeMs} receivedMs={event.received_at} />{' '}
            <span class="quiet">{formatAbsolute(timeMs)}</span>
          </Fact>
        )}
        <Fact term="Event ID">
          {event.event_id === undefined ? undefined : <code>{event.event_id}</code>}
        </Fact>
        <Fact term="Action source">{action_source}</Fact>
        <Fact term="Page">{event_source_url}</Fact>
        <Fact term="Referrer">{referrer_url}</Fact>
        <Fact term="Dataset">
          <code>{event.pixel_id || '–'}</code>
        </Fact>
        <Fact term="Test code">{event.test_event_code}</Fact>
        <Fact term="Upload tag">{event.upload_tag}</Fact>
        <Fact term="Token">
          {event.token === undefined ? undefined : <code>{event.token}</code>}
        </Fact>
        <Fact term="Opted out">{opt_out}</Fact>
        <Fact term="Call">
          <a href={formatRoute({ tab: 'calls', params: { call: String(event.call) } })}>
            #{event.call}
          </a>
        </Fact>
      </dl>
    </section>
  )
}

function Fact({
  term,
  children,
}: {
  readonly term: string
  readonly children?: unknown
}): JSX.Element | null {
  if (children === undefined || children === null || children === '') return null
  const isText = typeof children !== 'object'
  return (
    <div>
      <dt>{term}</dt>
      <dd>{isText ? textOf(children) : (children as ComponentChildren)}</dd>
    </div>
  )
}

/** `event_time` has whole seconds, so a second of delay is none. */
function Delay({
  timeMs,
  receivedMs,
}: {
  readonly timeMs: number
  readonly receivedMs: number
}): JSX.Element {
  const delayMs = receivedMs - timeMs
  if (delayMs < -1000) return <>{formatDuration(delayMs)} after it was received</>
  return <>{delayMs < 2000 ? 'just before' : `${formatDuration(delayMs)} before`}</>
}
