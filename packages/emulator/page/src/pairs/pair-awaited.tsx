import type { JSX } from 'preact'
import { formatRoute } from '../model/route.ts'
import { events } from '../state/events.ts'
import { Empty } from '../ui/empty.tsx'

const HALVES = ['server', 'browser'] as const

/** What an application links to before both halves have arrived. It gives way to the pair by itself. */
export function PairAwaited({ eventId }: { readonly eventId: string }): JSX.Element {
  const sources = new Set(
    events.value.filter(({ event_id }) => event_id === eventId).map(({ source }) => source),
  )
  return (
    <Empty title="Waiting for both halves">
      <p>
        A pair with the event id <code>{eventId}</code> appears here as soon as it is complete.
      </p>
      <ul class="halves">
        {HALVES.map((source) => (
          <li key={source}>
            {source === 'server' ? 'Server' : 'Browser'}:{' '}
            {sources.has(source) ? 'arrived' : 'not yet'}
          </li>
        ))}
      </ul>
      <p>
        <a
          href={formatRoute({
            tab: 'events',
            params: { q: `id:"${eventId.replaceAll('"', '')}"` },
          })}
        >
          Events with this id
        </a>
        {' · '}
        <a href={formatRoute({ tab: 'pairs', params: {} })}>All pairs</a>
      </p>
    </Empty>
  )
}
