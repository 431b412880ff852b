import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { formatAbsolute } from '../model/format.ts'
import { clock, nowMs, setClock } from '../state/clock.ts'
import { messageOf } from '../state/reports.ts'
import { Field } from '../ui/field.tsx'

const SPANS = ['1h', '1d', '8d'] as const

/** Moves the clock that events are judged by: an event of last week becomes too old at once. */
export function ClockForm(): JSX.Element {
  const [time, setTime] = useState('')
  const [problem, setProblem] = useState('')
  const set = (change: Parameters<typeof setClock>[0]) => {
    setClock(change).then(
      () => setProblem(''),
      (error: unknown) => setProblem(messageOf(error)),
    )
  }
  const { is_stopped, ahead_ms } = clock.value
  return (
    <>
      <p class="quiet">
        Events are judged by this time: an event becomes too old after seven days, a click after
        ninety.
      </p>
      <p role="status" class="clock-now">
        {formatAbsolute(nowMs.value).replace(/\.\d+/, '')}
        {is_stopped && ', stopped'}
      </p>
      <div class="button-row">
        {SPANS.map((advance) => (
          <button key={advance} type="button" class="button" onClick={() => set({ advance })}>
            +{advance.replace(/(?=\D)/, ' ')}
          </button>
        ))}
        <button
          type="button"
          class="button"
          disabled={!is_stopped && Math.abs(ahead_ms) < 1000}
          onClick={() => set({ now: null })}
        >
          Run as usual
        </button>
      </div>
      <form
        class="form clock"
        onSubmit={(event) => {
          event.preventDefault()
          const date = new Date(time)
          if (Number.isNaN(date.getTime())) setProblem('Choose a date and a time first.')
          else set({ now: date.toISOString() })
        }}
      >
        <Field label="Stop at" type="datetime-local" value={time} onChange={setTime} />
        <button type="submit" class="button">
          Stop
        </button>
      </form>
      {problem !== '' && (
        <p role="alert" class="mark bad">
          {problem}
        </p>
      )}
    </>
  )
}
