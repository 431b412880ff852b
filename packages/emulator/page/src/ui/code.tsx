import type { ComponentChildren, JSX } from 'preact'

interface CodeProps {
  readonly label: string
  readonly children: ComponentChildren
}

/** Code in a box that scrolls when it is long. */
export function Code({ label, children }: CodeProps): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section class="code" tabIndex={0} aria-label={label}>
      <pre>{children}</pre>
    </section>
  )
}
