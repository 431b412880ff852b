import type { JSX } from 'preact'
import { Onboarding } from '../connect/onboarding.tsx'
import { indexOfId } from '../model/event-log.ts'
import { events, hasLoaded } from '../state/events.ts'
import { hrefWith, route, setParams } from '../state/route.ts'
import { Empty } from '../ui/empty.tsx'
import { lazyView } from '../ui/lazy-view.tsx'
import { SplitView } from '../ui/split-view.tsx'
import { EventDetail } from './event-detail.tsx'
import { EventList } from './event-list.tsx'
import { EventToolbar } from './event-toolbar.tsx'

/** The event that the address names, when it is kept. */
function selectedEvent() {
  const id = Number(route.value.params['event'])
  return events.value[indexOfId(events.value, id)]
}

function closeEvent(): void {
  setParams({ event: '', compare: '' }, { replace: true })
}

export function EventsTab(): JSX.Element {
  if (!hasLoaded.value) return <div class="loading" aria-busy="true" />
  if (events.value.length === 0)
    return (
      <div class="scroll">
        <Onboarding />
      </div>
    )
  const id = route.value.params['event']
  const event = selectedEvent()
  return (
    <SplitView
      list={
        <>
          <EventToolbar />
          <CompareHint />
          <EventList />
        </>
      }
      detail={
        id === undefined ? undefined : isComparing() ? (
          <Comparison.View />
        ) : event ? (
          <EventDetail key={event.id} event={event} />
        ) : (
          <Gone id={id} />
        )
      }
      detailKey={isComparing() ? `${compared()}-${id}` : id}
      detailLabel={isComparing() ? 'Comparison' : 'Event'}
      onClose={closeEvent}
    />
  )
}

const Comparison = lazyView(async () => (await import('./event-comparison.tsx')).EventComparison)

/** The event that another is to be compared with. */
function compared(): string {
  return route.value.params['compare'] ?? ''
}

function isComparing(): boolean {
  const { event } = route.value.params
  return event !== undefined && compared() !== '' && compared() !== event
}

function CompareHint(): JSX.Element | null {
  if (compared() === '' || isComparing()) return null
  return (
    <p class="banner" role="status">
      Choose the event to compare with #{compared()}. <a href={hrefWith({ compare: '' })}>Cancel</a>
    </p>
  )
}

function Gone({ id }: { readonly id: string }): JSX.Element {
  return (
    <Empty title={`Event ${id} is no longer kept`}>
      <p>It was cleared, or newer events took its place.</p>
    </Empty>
  )
}
