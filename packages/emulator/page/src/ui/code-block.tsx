import type { JSX } from 'preact'
import { Code } from './code.tsx'
import { CopyButton } from './copy-button.tsx'

interface CodeBlockProps {
  readonly title: string
  readonly text: string
  readonly note?: string
}

/** A titled piece of code that can be copied. */
export function CodeBlock({ title, text, note }: CodeBlockProps): JSX.Element {
  return (
    <section class="code-block">
      <header>
        <h3>{title}</h3>
        <CopyButton label="Copy" text={() => text} what={`Copy: ${title}`} />
      </header>
      {note !== undefined && <p class="quiet">{note}</p>}
      <Code label={title}>{text}</Code>
    </section>
  )
}
