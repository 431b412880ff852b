import type { ComponentChildren, JSX } from 'preact'
import { prettyJson } from '../model/pretty-json.ts'
import { Code } from './code.tsx'

const PART = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*|true|false|null)/g

/** JSON with its parts in colour. Text nodes only, as payloads are hostile. */
export function JsonView({
  value,
  label,
}: {
  readonly value: unknown
  readonly label: string
}): JSX.Element {
  const { text, isCut } = prettyJson(value)
  return (
    <>
      <Code label={label}>{paint(text)}</Code>
      {isCut && <p class="quiet">The rest is too long to show; copied as JSON it is whole.</p>}
    </>
  )
}

function paint(text: string): ComponentChildren[] {
  const parts: ComponentChildren[] = []
  let end = 0
  for (const match of text.matchAll(PART)) {
    const [all, string, colon = '', other] = match
    const kind = other === undefined ? (colon === '' ? 'j-text' : 'j-key') : 'j-other'
    parts.push(text.slice(end, match.index), <span class={kind}>{string ?? other}</span>, colon)
    end = match.index + all.length
  }
  return [...parts, text.slice(end)]
}
