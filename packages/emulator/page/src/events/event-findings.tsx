import type { JSX } from 'preact'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import { PRESETS } from '../model/describe-fault.ts'
import { plural } from '../model/format.ts'
import { formatRoute } from '../model/route.ts'
import { SeverityBadge } from '../ui/badges.tsx'
import { Icon } from '../ui/icon.tsx'

/** A hostile event has thousands. */
const MAX_SHOWN = 50

/** Why the event was refused, and what else costs matches: what, where, and what to do. */
export function EventFindings({ event }: { readonly event: CapturedEvent }): JSX.Element | null {
  const { error, fault, issues = [] } = event
  if (!error && !fault && issues.length === 0) return null
  const codes =
    error && [error.code, error.error_subcode].filter((code) => code !== undefined).join(' / ')
  return (
    <section class="block findings-list" aria-label="Issues">
      {fault && (
        <div class="finding medium">
          <h3>
            <Icon name="bolt" />
            <span class="finding-title">
              Not taken: the fault {fault.preset ? PRESETS[fault.preset].title : fault.type} struck
              its call
            </span>
          </h3>
          <p>
            <a href={formatRoute({ tab: 'calls', params: { call: String(event.call) } })}>
              See call #{event.call} and its answer
            </a>
          </p>
        </div>
      )}
      {error && (
        <div class="finding high">
          <h3>
            <Icon name="cross" />
            <span class="finding-title">
              {event.status === 'faulted' ? '' : 'Refused: '}
              {error.title}
            </span>
          </h3>
          <p>{error.fix}</p>
          <Where path={error.path} rule={error.rule} />
          <p class="quiet">Meta’s code {codes}</p>
        </div>
      )}
      {issues.slice(0, MAX_SHOWN).map((issue) => (
        <div key={`${issue.rule} ${issue.path ?? ''}`} class={`finding ${issue.severity}`}>
          <h3>
            <SeverityBadge severity={issue.severity} />
            <span class="finding-title">{issue.title}</span>
          </h3>
          <p>{issue.fix}</p>
          <Where path={issue.path} rule={issue.rule} />
        </div>
      ))}
      {issues.length > MAX_SHOWN && (
        <p class="quiet">and {plural(issues.length - MAX_SHOWN, 'more issue')}</p>
      )}
    </section>
  )
}

function Where({
  path,
  rule,
}: {
  readonly path: string | undefined
  readonly rule: string
}): JSX.Element {
  return (
    <p class="where">
      {path !== undefined && <code>{path}</code>}
      <span class="quiet">
        rule <code>{rule}</code>
      </span>
    </p>
  )
}
