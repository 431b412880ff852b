import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import type { Half } from './filter-keys.ts'
import type { Filter, Term } from './parse-filter.ts'
import { amountOf, isFields } from './payload.ts'
import { parseSpan } from './span.ts'
import { parseRange } from './value-range.ts'

type Predicate = (event: CapturedEvent) => boolean

/** What is no part of the event itself, and changes. */
export interface FilterContext {
  readonly halfOf: (event: CapturedEvent) => Half | undefined
  readonly nowMs: number
  /** Whether a diagnostic, by its rule or id in small letters, affects it. */
  readonly isFoundBy: (event: CapturedEvent, diagnostic: string) => boolean
}

const NO_CONTEXT: FilterContext = { halfOf: () => undefined, nowMs: 0, isFoundBy: () => false }

const CHANGING: ReadonlySet<string> = new Set(['half', 'since', 'finding'])

/** Whether a term always says the same of the same event. */
export function isSteady({ key }: Term): boolean {
  return !CHANGING.has(key)
}

/** A filter as a function. Letters' case never matters. */
export function compileFilter(
  { terms }: Pick<Filter, 'terms'>,
  context: FilterContext = NO_CONTEXT,
): Predicate {
  const predicates = terms.map((term) => {
    const holds = compileTerm(term, context)
    return term.isNegated ? (event: CapturedEvent) => !holds(event) : holds
  })
  return (event) => predicates.every((holds) => holds(event))
}

function compileTerm({ key, value }: Term, { halfOf, nowMs, isFoundBy }: FilterContext): Predicate {
  const wanted = value.toLowerCase()
  const isIn = (text: string | undefined) =>
    text !== undefined && (wanted === '*' || text.toLowerCase().includes(wanted))
  switch (key) {
    case 'name':
      return (event) => isIn(event.event_name)
    case 'source':
      return (event) => event.source.startsWith(wanted)
    case 'status':
      return (event) => event.status.startsWith(wanted)
    case 'half':
      return (event) => halfOf(event)?.startsWith(wanted) === true
    case 'finding':
      return (event) => isFoundBy(event, wanted)
    case 'severity':
      return ({ error, issues = [] }) =>
        (error !== undefined && 'high'.startsWith(wanted)) ||
        issues.some(({ severity }) => severity.startsWith(wanted))
    case 'since': {
      const sinceMs = nowMs - (parseSpan(value) ?? 0)
      return (event) => event.received_at >= sinceMs
    }
    case 'id':
      return (event) => isIn(event.event_id)
    case 'test':
      return (event) => isIn(event.test_event_code)
    case 'tag':
      return (event) => isIn(event.upload_tag)
    case 'pixel':
      return (event) => event.pixel_id === value
    case 'call':
      return (event) => String(event.call) === value
    case 'has':
      return (event) => hasKey(event.payload, value)
    case 'missing':
      return (event) => !hasKey(event.payload, value)
    case 'issue':
      return (event) => findingsOf(event).some(isIn)
    case 'value': {
      const range = parseRange(value)
      return (event) => {
        const amount = amountOf(event)
        return amount !== undefined && range?.includes(amount) === true
      }
    }
    case 'text':
      return (event) =>
        [
          event.event_name,
          event.event_id,
          event.pixel_id,
          event.test_event_code,
          event.upload_tag,
        ].some(isIn) || anyText(event.payload, isIn)
  }
}

/** `em` at the top or one object deeper, `custom_data.value` as a path. Null and '' count as absent. */
function hasKey(payload: Readonly<Record<string, unknown>>, path: string): boolean {
  const [group = '', key] = path.split(/\.(.*)/s)
  if (key !== undefined && key !== '') {
    const inner = payload[group]
    return isFields(inner) && hasKey(inner, key)
  }
  return [payload, ...Object.values(payload).filter(isFields)].some((fields) => {
    const value = Object.hasOwn(fields, group) ? fields[group] : undefined
    return value !== undefined && value !== null && value !== ''
  })
}

function findingsOf({ error, issues = [] }: CapturedEvent): readonly string[] {
  const findings = [...issues, ...(error ? [error] : [])]
  return findings.flatMap(({ rule, path }) => (path === undefined ? [rule] : [rule, path]))
}

/** Deeper than any event Meta would take. */
const MAX_DEPTH = 50

function anyText(
  value: unknown,
  isIn: (text: string) => boolean,
  depth: number = MAX_DEPTH,
): boolean {
  if (typeof value === 'string') return isIn(value)
  if (typeof value === 'object' && value !== null && depth > 0) {
    return Object.values(value).some((inner) => anyText(inner, isIn, depth - 1))
  }
  return typeof value === 'number' && isIn(String(value))
}
