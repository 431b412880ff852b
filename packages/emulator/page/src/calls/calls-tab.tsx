import type { JSX } from 'preact'
import { useCallback } from 'preact/hooks'
import { Onboarding } from '../connect/onboarding.tsx'
import { FilterChips } from '../events/filter-chips.tsx'
import { SearchField } from '../events/search-field.tsx'
import { plural } from '../model/format.ts'
import { type Rate, type RateBar, rateFilter } from '../model/picture/rates.ts'
import { CallPicture } from '../picture/call-picture.tsx'
import { RatePicture } from '../picture/rate-picture.tsx'
import { callQuery, callRows, calls, hasCalls, matchingCalls } from '../state/calls.ts'
import { events } from '../state/events.ts'
import { hrefWith, route, setParams } from '../state/route.ts'
import { Empty } from '../ui/empty.tsx'
import { SplitView } from '../ui/split-view.tsx'
import { CallDetail } from './call-detail.tsx'
import { CallList } from './call-list.tsx'

const QUICK = [
  { term: 'server', title: 'Server' },
  { term: 'browser', title: 'Browser' },
  { term: 'refused', title: 'Refused' },
  { term: 'faulted', title: 'Faulted' },
  { term: 'no-events', title: 'Without events' },
] as const

/** Every request with its answer, those that brought no event too. */
export function CallsTab(): JSX.Element {
  if (!hasCalls.value) return <div class="loading" aria-busy="true" />
  if (calls.value.length === 0) {
    return (
      <div class="scroll">
        <Onboarding />
      </div>
    )
  }
  const id = route.value.params['call']
  const call = calls.value.find((one) => String(one.id) === id)
  return (
    <SplitView
      list={
        <>
          <Toolbar />
          <div class="calls-pictures">
            <CallPicture
              calls={matchingCalls.value}
              hrefOf={(one) => hrefWith({ call: String(one.id) })}
            />
            <Rates />
          </div>
          <CallList />
        </>
      }
      detail={
        id === undefined ? undefined : call ? (
          <CallDetail key={id} call={call} />
        ) : (
          <Empty title={`Call ${id} is no longer kept`}>
            <p>It was cleared, or newer calls took its place.</p>
          </Empty>
        )
      }
      detailKey={id}
      detailLabel="Call"
      onClose={() => setParams({ call: '' }, { replace: true })}
    />
  )
}

/** Apart, so that an event that arrives draws this alone. */
function Rates(): JSX.Element {
  const { value: address } = route
  const hrefOf = useCallback(
    (rate: Rate, bar: RateBar) =>
      rate === 'age'
        ? hrefWith({ event: String(bar.event) }, 'events')
        : hrefWith({ q: rateFilter(callQuery.value, rate, bar) }),
    [address],
  )
  return <RatePicture calls={matchingCalls.value} events={events.value} hrefOf={hrefOf} />
}

function Toolbar(): JSX.Element {
  const shown = callRows.value.length
  const all = plural(calls.value.length, 'call')
  return (
    <div class="toolbar">
      <SearchField
        value={callQuery.value}
        label="Filter calls"
        placeholder="refused body_unreadable"
      />
      <div class="toolbar-row chips">
        <FilterChips quick={QUICK} active={callQuery.value.split(/\s+/)} query={callQuery.value} />
        <span class="quiet count-text">
          {callQuery.value === '' ? all : `${shown.toLocaleString('en')} of ${all}`}
        </span>
      </div>
    </div>
  )
}
