import { effect } from '@preact/signals'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { CallRequest } from '../model/call-request.ts'
import { calls } from '../state/calls.ts'
import { messageOf } from '../state/reports.ts'
import { setParams } from '../state/route.ts'

/** Makes the call again, to this emulator, and goes to its record. */
export function ReplayButton({ request }: { readonly request: CallRequest }): JSX.Element {
  const [error, setError] = useState('')
  const replay = () => {
    const last = calls.peek().at(-1)?.id ?? 0
    const [wanted] = request.path.split('?')
    const stop = effect(() => {
      const call = calls.value.find(({ id, path }) => id > last && path.split('?')[0] === wanted)
      if (!call) return
      queueMicrotask(() => stop())
      setParams({ call: String(call.id) })
    })
    const { path, ...init } = request
    fetch(path, init).catch((reason: unknown) => setError(messageOf(reason)))
  }
  return (
    <>
      <button type="button" class="button" onClick={replay}>
        Replay here
      </button>
      {error !== '' && (
        <span class="mark bad" role="alert">
          {error}
        </span>
      )}
    </>
  )
}
