import type { ComponentChildren, JSX } from 'preact'

interface EmptyProps {
  readonly title: string
  readonly children?: ComponentChildren
}

/** Said in place of content, with what to do about it. */
export function Empty({ title, children }: EmptyProps): JSX.Element {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children}
    </div>
  )
}
