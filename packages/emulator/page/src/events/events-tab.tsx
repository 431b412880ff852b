import type { JSX } from 'preact'
import { Onboarding } from '../connect/onboarding.tsx'
import { indexOfId } from '../model/event-log.ts'
import { events, hasLoaded } from '../state/events.ts'
import { route, setParams } from '../state/route.ts'
import { Empty } from '../ui/empty.tsx'
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
  setParams({ event: '' }, { replace: true })
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
          <EventList />
        </>
      }
      detail={
        id === undefined ? undefined : event ? (
          <EventDetail key={event.id} event={event} />
        ) : (
          <Gone id={id} />
        )
      }
      detailKey={id}
      detailLabel="Event"
      onClose={closeEvent}
    />
  )
}

function Gone({ id }: { readonly id: string }): JSX.Element {
  return (
    <Empty title={`Event ${id} is no longer kept`}>
      <p>It was cleared, or newer events took its place.</p>
    </Empty>
  )
}
