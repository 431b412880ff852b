import type { ActionSource } from '@capi/core'
import type { Header } from '../read/find-header.ts'
import { foldHeader } from '../read/fold.ts'
import { FREE } from '../sources/free.ts'
import type { Source } from '../sources/source.ts'
import type { Target } from '../sources/target.ts'
import type { DecimalStyle } from '../values/decimal.ts'
import type { DateOrder } from '../values/time.ts'
import type { Zone } from '../values/zones.ts'

/** What the user said about the file; what is absent stands in it, or is asked. */
export interface Answers {
  readonly event?: string | undefined
  readonly actionSource?: ActionSource | undefined
  readonly country?: string | undefined
  readonly currency?: string | undefined
  readonly timezone?: string | undefined
  readonly date?: DateOrder | undefined
  readonly decimal?: DecimalStyle | undefined
  /** States that count as sales beside those of the source; `all`. */
  readonly sold?: readonly string[] | undefined
  readonly withTip?: boolean | undefined
  /** An id is made of the row's text where there is none. */
  readonly rowId?: boolean | undefined
  readonly since?: string | undefined
}

/** Header to target, as the user named them; null: not sent. */
export type OwnColumns = Readonly<Record<string, Target | null>>

/** Which column goes where. */
export interface Plan {
  readonly source: Source
  readonly headers: readonly string[]
  /** Of each column; none: it is not sent. */
  readonly targets: readonly (readonly Target[])[]
  readonly columns: ReadonlyMap<Target, readonly number[]>
  readonly answers: Answers
  /** Of times that name no zone: of the header, of a line above it, or `--timezone`. */
  readonly zone: Zone | undefined
}

/** `Created (UTC)`: the header names the zone. */
const IN_UTC = /\((?:utc|gmt)\)/

export interface PlanParts {
  readonly source: Source
  readonly header: Header
  readonly own: OwnColumns
  readonly answers: Answers
  readonly zone: Zone | undefined
}

export function makePlan({ source, header, own, answers, zone }: PlanParts): Plan {
  const { headers, folded } = header
  const named = new Map(Object.entries(own).map(([name, target]) => [foldHeader(name), target]))
  const targets = folded.map((name, index) => targetsOf(name, headers[index] ?? '', named, source))
  const columns = new Map<Target, number[]>()
  const chosen = new Set([...named.values()].filter((target) => target !== null))
  for (const [index, list] of targets.entries())
    for (const target of list) {
      // What the user names takes the place of what was found by its usual name.
      if (source === FREE && chosen.has(target) && !named.has(folded[index] ?? '')) continue
      columns.set(target, [...(columns.get(target) ?? []), index])
    }
  if (source === FREE) arrange(columns)
  const times = columns.get('event_time') ?? []
  const isUtc = times.some((index) => IN_UTC.test(folded[index] ?? ''))
  return { source, headers, targets, columns, answers, zone: isUtc ? 0 : zone }
}

/** In files of one's own: an order's id groups its rows, and a time of day stands beside a date or for itself. */
function arrange(columns: Map<Target, number[]>): void {
  const orders = columns.get('order_id')
  if (orders !== undefined && !columns.has('group')) columns.set('group', orders)
  const clock = columns.get('event_time.time')
  if (clock === undefined || columns.has('event_time.date')) return
  const days = columns.get('event_time')
  if (days === undefined) {
    columns.set('event_time', clock)
    columns.delete('event_time.time')
  } else {
    columns.set('event_time.date', days)
    columns.delete('event_time')
  }
}

function targetsOf(
  name: string,
  header: string,
  own: ReadonlyMap<string, Target | null>,
  source: Source,
): readonly Target[] {
  const chosen = own.get(name)
  if (chosen !== undefined) return chosen === null ? [] : [chosen]
  const known = source.columns[name]
  if (known !== undefined) return known
  // Meta's own files name properties so.
  const property = /^\[?(custom_data\.[A-Za-z_][A-Za-z0-9_-]{0,49})\]?$/.exec(header.trim())?.[1]
  return property === undefined ? [] : [property as Target]
}
