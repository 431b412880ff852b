import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { putJson } from '../state/api.ts'
import { messageOf } from '../state/reports.ts'
import { Field } from '../ui/field.tsx'

/** Moves the clock that events are judged by: an event of last week becomes too old at once. */
export function ClockForm(): JSX.Element {
  const [time, setTime] = useState('')
  const [message, setMessage] = useState('')
  const put = async (now: string | null) => {
    await putJson('/__capi/clock', { now }).then(
      () => setMessage(now === null ? 'The clock runs as usual.' : `The clock stands at ${now}.`),
      (error: unknown) => setMessage(messageOf(error)),
    )
  }
  return (
    <section class="block">
      <h3>Clock</h3>
      <p class="quiet">
        The time that events are judged by. Move it to see when an event becomes too old.
      </p>
      <form
        class="form clock"
        onSubmit={(event) => {
          event.preventDefault()
          const date = new Date(time)
          if (Number.isNaN(date.getTime())) setMessage('Choose a date and a time first.')
          else void put(date.toISOString())
        }}
      >
        <Field label="Stand at" type="datetime-local" value={time} onChange={setTime} />
        <div class="button-row">
          <button type="submit" class="button">
            Set
          </button>
          <button type="button" class="button" onClick={() => void put(null)}>
            Run as usual
          </button>
        </div>
      </form>
      <p role="status" class="quiet">
        {message}
      </p>
    </section>
  )
}
