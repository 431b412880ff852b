import type { JSX } from 'preact'
import { plural } from '../model/format.ts'
import { type Fields, flatten, textOf } from '../model/payload.ts'

const MAX_LINES = 100

/** The fields of one object of the event, a line each. */
export function FieldTable({
  title,
  fields,
}: {
  readonly title: string
  readonly fields: Fields
}): JSX.Element | null {
  const all = flatten(fields)
  const lines = all.slice(0, MAX_LINES)
  if (lines.length === 0) return null
  return (
    <section class="block">
      <h3>{title}</h3>
      <dl class="facts">
        {lines.map(([path, value]) => (
          <div key={path}>
            <dt>
              <code>{textOf(path, 200)}</code>
            </dt>
            <dd class="mono">{textOf(value)}</dd>
          </div>
        ))}
      </dl>
      {all.length > lines.length && (
        <p class="quiet">and {plural(all.length - lines.length, 'more field')}</p>
      )}
    </section>
  )
}
