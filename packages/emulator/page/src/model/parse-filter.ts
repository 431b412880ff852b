import {
  FILTER_KEYS,
  type FilterKey,
  HALVES,
  isFilterKey,
  SEVERITIES,
  SOURCES,
  STATUSES,
} from './filter-keys.ts'
import { parseSpan } from './span.ts'
import { parseRange } from './value-range.ts'

/** One condition. All of them must hold. */
export interface Term {
  readonly key: FilterKey | 'text'
  readonly value: string
  readonly isNegated: boolean
}

export interface Filter {
  readonly terms: readonly Term[]
  /** What was not understood, in sentences for a person. */
  readonly problems: readonly string[]
}

const TOKEN = /(?:"[^"]*"?|[^\s"])+/g
const KEYED = /^([-!]?)([A-Za-z_]+):(.*)$/s

/** Reads `name:Purchase -source:browser "free text"`. Never throws: what is half typed or wrong is left out. */
export function parseFilter(query: string): Filter {
  const terms: Term[] = []
  const problems: string[] = []
  for (const [token] of query.matchAll(TOKEN)) {
    const term = parseToken(token)
    if (term.value === '') continue
    const problem = problemOf(term, token)
    if (problem !== undefined) problems.push(problem)
    if (problem === undefined || term.key === 'text') terms.push(term)
  }
  return { terms, problems }
}

function parseToken(token: string): Term {
  const [, sign = '', name = '', rest = ''] = KEYED.exec(token) ?? []
  const key = name.toLowerCase()
  if (isFilterKey(key)) return { key, value: unquote(rest), isNegated: sign !== '' }
  const isNegated = /^[-!]./s.test(token)
  return { key: 'text', value: unquote(isNegated ? token.slice(1) : token), isNegated }
}

function problemOf({ key, value }: Term, token: string): string | undefined {
  switch (key) {
    case 'source':
      return oneOf('source', value, SOURCES)
    case 'status':
      return oneOf('status', value, STATUSES)
    case 'half':
      return oneOf('half', value, HALVES)
    case 'severity':
      return oneOf('severity', value, SEVERITIES)
    case 'since':
      return parseSpan(value) === undefined
        ? 'since: takes a span, such as since:30s, since:5m, since:1h or since:2d.'
        : undefined
    case 'value':
      return parseRange(value)
        ? undefined
        : 'value: takes a number, such as value:>100 or value:10..20.'
    case 'text': {
      const [, , name] = KEYED.exec(token) ?? []
      if (name === undefined || token.includes('//')) return undefined
      const near = Object.keys(FILTER_KEYS).find((known) =>
        known.startsWith(name.slice(0, 2).toLowerCase()),
      )
      return `There is no filter ${name}:, so this is searched as text.${near ? ` Did you mean ${near}: ?` : ''}`
    }
    default:
      return undefined
  }
}

function oneOf(key: string, value: string, known: readonly string[]): string | undefined {
  const isKnown = known.some((name) => name.startsWith(value.toLowerCase()))
  return isKnown ? undefined : `${key}: is one of ${known.join(', ')}.`
}

function unquote(text: string): string {
  return text.replaceAll('"', '')
}

/** A term as one types it. */
export function formatTerm({ key, value, isNegated }: Term): string {
  const sign = isNegated ? '-' : ''
  const isAmbiguous = key === 'text' && (/^[-!]/.test(value) || KEYED.test(value))
  const text = /\s/.test(value) || isAmbiguous ? `"${value}"` : value
  return sign + (key === 'text' ? text : `${key}:${text}`)
}

/** Takes the term out of the query, or adds it. */
export function toggleTerm(query: string, term: string): string {
  const tokens = query.match(TOKEN) ?? []
  const others = tokens.filter((token) => token !== term)
  return (others.length < tokens.length ? others : [...tokens, term]).join(' ')
}
