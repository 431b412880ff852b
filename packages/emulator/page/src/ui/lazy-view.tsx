import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { Empty } from './empty.tsx'

type View<P> = (props: P) => JSX.Element

export interface LazyView<P> {
  readonly View: View<P>
  /** Loads it before it is shown. */
  readonly load: () => void
}

/** A part of the page that is not needed at its start. */
export function lazyView<P extends object = object>(read: () => Promise<View<P>>): LazyView<P> {
  const state = signal<View<P> | 'failed' | undefined>(undefined)
  let isAsked = false
  const load = () => {
    if (isAsked) return
    isAsked = true
    read().then(
      (view) => {
        state.value = view
      },
      () => {
        isAsked = false
        state.value = 'failed'
      },
    )
  }
  return {
    load,
    View(props) {
      const Loaded = state.value
      useEffect(load, [])
      if (Loaded === undefined) return <div class="loading" aria-busy="true" />
      if (Loaded !== 'failed') return <Loaded {...props} />
      return (
        <Empty title="This view could not be loaded">
          <p>The emulator does not answer. Is it still running?</p>
          <button type="button" class="button" onClick={load}>
            Try again
          </button>
        </Empty>
      )
    },
  }
}
