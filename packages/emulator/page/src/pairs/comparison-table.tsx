import type { JSX } from 'preact'
import type { ComparedField } from '../model/compare-pair.ts'
import { textOf } from '../model/payload.ts'
import { Path } from '../ui/path.tsx'

/** Field by field. Which side a value stands on is said by its column, and by a mark where only one side has it. */
export function ComparisonTable({
  lines,
  names: [one, other] = ['Browser', 'Server'],
}: {
  readonly lines: readonly ComparedField[]
  /** Of the two sides. */
  readonly names?: readonly [string, string]
}): JSX.Element | null {
  if (lines.length === 0) return null
  return (
    <table class="comparison">
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">{one}</th>
          <th scope="col">{other}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ path, isSame, browser, server }) => (
          <tr key={path} class={isSame ? 'same' : ''}>
            <th scope="row">
              <Path path={path} />
            </th>
            <Side value={browser} name={one} isSame={isSame} />
            <Side value={server} name={other} isSame={isSame} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface SideProps {
  readonly value: unknown
  readonly name: string
  readonly isSame: boolean
}

function Side({ value, name, isSame }: SideProps): JSX.Element {
  if (value === undefined) {
    return (
      <td data-side={name} class="absent">
        absent
      </td>
    )
  }
  return (
    <td data-side={name} class={isSame ? 'mono' : 'mono differs'}>
      {textOf(value)}
    </td>
  )
}
