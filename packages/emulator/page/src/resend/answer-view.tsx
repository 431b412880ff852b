import type { JSX } from 'preact'
import type { Answer } from '../state/api.ts'
import { Icon } from '../ui/icon.tsx'
import { JsonView } from '../ui/json-view.tsx'

/** The answer as Meta would shape it, after a line that says what it means. */
export function AnswerView({
  answer: { status, rule, body },
}: {
  readonly answer: Answer
}): JSX.Element {
  const isTaken = status >= 200 && status < 300
  return (
    <section class="block" aria-label="Answer" role="status">
      <p class={isTaken ? 'verdict good' : 'verdict bad'}>
        <Icon name={isTaken ? 'check' : 'cross'} />
        <span>
          {isTaken ? 'Taken' : 'Refused'}, HTTP {status}
          {rule !== null && (
            <>
              , rule <code>{rule}</code>
            </>
          )}
        </span>
      </p>
      <JsonView value={body} label="Answer" />
    </section>
  )
}
