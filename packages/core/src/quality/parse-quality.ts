import { asFields, type Fields } from '../field/fields.ts'
import type { OfflineQuality, Quality, ScoredPart, WebQuality } from './quality.ts'

type Read<T> = (value: unknown) => T | undefined

const number: Read<number> = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined
const text: Read<string> = (value) =>
  typeof value === 'string' && value !== '' ? value : undefined
const share: Read<number> = (value) => number(asFields(value)?.['percentage'])

/** The keys that have a value. An object of absent ones is absent itself. */
function present<T extends object>(
  object: { readonly [K in keyof T]: T[K] | undefined },
): T | undefined {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined)
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as T)
}

function list<T>(value: unknown, read: (fields: Fields) => T | undefined): readonly T[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  return items.flatMap((item) => {
    const fields = asFields(item)
    const found = fields && read(fields)
    return found === undefined ? [] : [found]
  })
}

/**
 * Meta's answer, tolerantly: each part comes only where Meta has data, and what is absent, null or of another kind stays
 * absent. Source: Meta, Dataset Quality API, and the same for offline events, read 2026-11.
 */
export function parseQuality(body: unknown): Pick<Quality, 'web' | 'offline'> {
  const root = asFields(body) ?? {}
  return { web: list(root['web'], webQuality), offline: list(root['offline'], offlineQuality) }
}

function webQuality(row: Fields): WebQuality | undefined {
  const event_name = text(row['event_name'])
  if (event_name === undefined) return undefined
  const match = asFields(row['event_match_quality']) ?? {}
  const coverage = asFields(row['event_coverage']) ?? {}
  return {
    event_name,
    match_keys: list(match['match_key_feedback'], matchKey),
    diagnostics: list(match['diagnostics'], diagnostic),
    dedupe_keys: list(row['dedupe_key_feedback'], dedupeKey),
    ...present<Partial<WebQuality>>({
      score: number(match['composite_score']),
      coverage: present<NonNullable<WebQuality['coverage']>>({
        percentage: number(coverage['percentage']),
        goal: number(coverage['goal_percentage']),
      }),
      freshness: text(asFields(row['data_freshness'])?.['upload_frequency']),
      acr: share(row['acr']),
    }),
  }
}

function matchKey(row: Fields): WebQuality['match_keys'][number] | undefined {
  const identifier = text(row['identifier'])
  if (identifier === undefined) return undefined
  const shares = {
    coverage: share(row['coverage']),
    acr_increase: share(row['potential_aly_acr_increase']),
  }
  return { identifier, ...present<Partial<WebQuality['match_keys'][number]>>(shares) }
}

function diagnostic(row: Fields): WebQuality['diagnostics'][number] | undefined {
  const name = text(row['name'])
  if (name === undefined) return undefined
  return {
    name,
    ...present<Partial<WebQuality['diagnostics'][number]>>({
      description: text(row['description']),
      solution: text(row['solution']),
      percentage: number(row['percentage']),
      affected: number(row['affected_event_count']),
      total: number(row['total_event_count']),
    }),
  }
}

function dedupeKey(row: Fields): WebQuality['dedupe_keys'][number] | undefined {
  const key = text(row['dedupe_key'])
  if (key === undefined) return undefined
  return {
    key,
    ...present<Partial<WebQuality['dedupe_keys'][number]>>({
      browser: share(row['browser_events_with_dedupe_key']),
      server: share(row['server_events_with_dedupe_key']),
      overlap: share(row['overall_browser_coverage_from_dedupe_key']),
    }),
  }
}

function offlineQuality(row: Fields): OfflineQuality | undefined {
  const event_name = text(row['event_name'])
  if (event_name === undefined) return undefined
  const key = asFields(row['match_key'])
  // Meta's samples put `coverage` once inside `match_key` and once beside it.
  const coverage = asFields(key?.['coverage'] ?? row['coverage']) ?? {}
  return {
    event_name,
    ...present<Partial<OfflineQuality>>({
      composite: scored(row['composite']),
      match_key: present<NonNullable<OfflineQuality['match_key']>>({
        ...scored(row['match_key']),
        coverage: present<{ email?: number; phone?: number }>({
          email: number(coverage['email']),
          phone: number(coverage['phone']),
        }),
      }),
      frequency: scored(row['frequency']),
      freshness: scored(row['freshness']),
    }),
  }
}

/** A score alone, or with words: Meta's table of fields says number, its samples say object. */
function scored(value: unknown): ScoredPart | undefined {
  const fields = asFields(value)
  return present<ScoredPart>({
    score: number(fields === undefined ? value : fields['score']),
    recommendation: text(fields?.['recommendation']),
  })
}
