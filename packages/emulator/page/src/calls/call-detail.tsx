import type { ComponentChildren, JSX } from 'preact'
import type { RecordedCall } from '../../../src/store/recorded-call.ts'
import { bodyOfCall, requestAsCurl, requestOf } from '../model/call-request.ts'
import { indexOfId } from '../model/event-log.ts'
import { formatAbsolute, formatDuration } from '../model/format.ts'
import { textOf } from '../model/payload.ts'
import { formatRoute } from '../model/route.ts'
import { calls } from '../state/calls.ts'
import { events } from '../state/events.ts'
import { openResend } from '../state/resend.ts'
import { hrefWith } from '../state/route.ts'
import { SourceChip } from '../ui/badges.tsx'
import { Code } from '../ui/code.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { JsonView } from '../ui/json-view.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { Answer, faultName, reasonOf } from './answer.tsx'
import { MetaCurl } from './meta-curl.tsx'
import { ReplayButton } from './replay-button.tsx'

/** One request and its answer, as far as they may be shown. */
export function CallDetail({ call }: { readonly call: RecordedCall }): JSX.Element {
  const kept = call.events.flatMap((id) => events.value[indexOfId(events.value, id)] ?? [])
  const request = requestOf(call, kept)
  return (
    <article class="detail">
      <header class="detail-head">
        <h2 class="mono">
          {call.method} {textOf(call.path.split('?')[0])}
        </h2>
        <div class="detail-badges">
          <SourceChip source={call.source} />
          <Answer call={call} />
        </div>
        <div class="button-row">
          {request ? (
            <>
              <ReplayButton request={request} />
              <CopyButton
                label="curl"
                what="Copy as curl"
                text={() => requestAsCurl(request, location.origin)}
              />
              <button
                type="button"
                class="button"
                onClick={() =>
                  openResend({
                    pixelId: call.pixel_id ?? '',
                    body: kept.length > 0 ? bodyOfCall(kept) : (call.body ?? ''),
                  })
                }
              >
                Resend
              </button>
            </>
          ) : (
            <span class="quiet">Its events are no longer kept, so it cannot be made again.</span>
          )}
          {kept.length > 0 && call.source === 'server' && (
            <button
              type="button"
              class="button"
              onClick={() => openResend({ pixelId: call.pixel_id ?? '', body: bodyOfCall(kept) })}
            >
              Edit and resend
            </button>
          )}
          <CopyButton label="Link" what="Copy link" text={() => location.href} />
        </div>
      </header>
      <Reason call={call} />
      {call.tries && <Tries call={call} tries={call.tries} />}
      <section class="block">
        <h3>Request</h3>
        <dl class="facts">
          <Fact term="Received">
            <TimeAgo ms={call.received_at} suffix />{' '}
            <span class="quiet">{formatAbsolute(call.received_at)}</span>
          </Fact>
          <Fact term="Path">
            <code>{call.path}</code>
          </Fact>
          <Fact term="Events">
            <Events call={call} />
          </Fact>
          <Fact term="Body">{`${call.bytes.toLocaleString('en')} bytes`}</Fact>
          {Object.entries(call.headers).map(([name, value]) => (
            <Fact key={name} term={name}>
              <code>{value}</code>
            </Fact>
          ))}
        </dl>
        {call.body !== undefined && (
          <>
            <p class="quiet">
              No event could be read from this body. Its first 2,000 bytes, words that are not the
              API’s masked:
            </p>
            <Code label="Body">{call.body}</Code>
          </>
        )}
      </section>
      <section class="block">
        <h3>Answer</h3>
        <dl class="facts">
          <Fact term="Status">{call.status ?? 'The connection ended without an answer.'}</Fact>
          <Fact term="Took">{formatDuration(call.duration_ms)}</Fact>
          {call.fbtrace_id !== undefined && (
            <Fact term="fbtrace_id">
              <code>{call.fbtrace_id}</code>
            </Fact>
          )}
        </dl>
        {call.answer !== undefined && <JsonView value={parsed(call.answer)} label="Answer" />}
      </section>
      {kept.length > 0 && call.source === 'server' && <MetaCurl call={call} events={kept} />}
    </article>
  )
}

function Reason({ call }: { readonly call: RecordedCall }): JSX.Element | null {
  const { error, fault } = call
  if (!error && !fault) return null
  return (
    <section class="block findings-list" aria-label="Why">
      {error && (
        <div class="finding high">
          <h3>{error.title}</h3>
          <p>{error.fix}</p>
          <p class="where">
            {error.path !== undefined && <code>{error.path}</code>}
            <span class="quiet">
              rule <code>{error.rule}</code>
            </span>
          </p>
        </div>
      )}
      {fault && (
        <div class="finding medium">
          <h3>
            {call.outcome === 'faulted' ? 'Answered' : 'Struck'} by the fault {faultName(call)}
          </h3>
          <p>
            It was asked for under <a href={formatRoute({ tab: 'faults', params: {} })}>Faults</a>{' '}
            or by a test.
          </p>
        </div>
      )}
    </section>
  )
}

interface TriesProps {
  readonly call: RecordedCall
  readonly tries: readonly number[]
}

function Tries({ call, tries }: TriesProps): JSX.Element {
  const byId = new Map(calls.value.map((one) => [one.id, one]))
  const first = byId.get(tries[0] ?? 0)?.received_at
  return (
    <section class="block">
      <h3>Tries of the same event</h3>
      <ol class="tries">
        {tries.map((id, index) => {
          const one = byId.get(id)
          return (
            <li key={id}>
              {id === call.id ? (
                <strong>Try {index + 1}</strong>
              ) : (
                <a href={hrefWith({ call: String(id) })}>Try {index + 1}</a>
              )}
              {one ? <Answer call={one} /> : <span class="quiet">no longer kept</span>}
              {one && <span class="quiet">{reasonOf(one)}</span>}
              {one && first !== undefined && index > 0 && (
                <span class="quiet numbers">+{formatDuration(one.received_at - first)}</span>
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

const NAMED = 5

function Events({ call: { id, events: ids, event_ids } }: { readonly call: RecordedCall }) {
  if (ids.length === 0) return <>{event_ids.join(', ') || 'none that could be read'}</>
  return (
    <span class="button-row">
      {ids.slice(0, NAMED).map((one) => (
        <a key={one} href={formatRoute({ tab: 'events', params: { event: String(one) } })}>
          {events.value[indexOfId(events.value, one)]?.event_name ?? ''} #{one}
        </a>
      ))}
      {ids.length > NAMED && (
        <a href={formatRoute({ tab: 'events', params: { q: `call:${id}` } })}>All {ids.length}</a>
      )}
    </span>
  )
}

function Fact({
  term,
  children,
}: {
  readonly term: string
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
