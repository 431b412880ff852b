import type { ComponentChildren, JSX } from 'preact'
import { useErrorBoundary } from 'preact/hooks'
import { Empty } from './empty.tsx'

/** Keeps a fault of one view from taking the page with it. */
export function ErrorBoundary({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const [error, reset] = useErrorBoundary()
  if (error === undefined) return <>{children}</>
  return (
    <Empty title="This view failed">
      <p>It met something it cannot show. That is a fault of this page; the events are safe.</p>
      <button type="button" class="button" onClick={reset}>
        Try again
      </button>
    </Empty>
  )
}
