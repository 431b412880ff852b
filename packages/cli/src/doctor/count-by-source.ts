import type { GraphAnswer } from '@capi/core/quality'
import type { Finding } from './finding.ts'

interface Bucket {
  readonly data?: readonly { readonly value?: unknown; readonly count?: unknown }[]
}

/**
 * Who sent events in the last seven days. Only a person can say whether all of them are this application's: Meta's one-click
 * Conversions API, a partner's integration or a plugin are servers too. Source: Meta, Ads Pixel Stats, read 2026-09.
 */
export function countBySource(answer: GraphAnswer): readonly Finding[] {
  const check = 'sources'
  if (!answer.ok) {
    const message = 'The token cannot read which sources send events to this dataset.'
    const fix =
      'Look in Events Manager, Overview: is there a server that is not yours (one-click Conversions API, a partner, a plugin)?'
    return [{ check, status: 'info', message, fix }]
  }
  const counts = totals((Object(answer.body) as { readonly data?: readonly Bucket[] }).data ?? [])
  const list = [...counts].map(([source, count]) => `${source} ${count}`).join(', ')
  const fromServers = [...counts].some(([source]) => /server/i.test(source))
  if (!fromServers) {
    const what = list === '' ? 'No events' : `Events: ${list}; none of a server`
    return [{ check, status: 'ok', message: `${what} in the last seven days.` }]
  }
  const fix =
    'Are the server’s all yours? If you have not sent any yet, something else reports the same sales (one-click Conversions API, a partner, a plugin): switch it off, or sales count twice.'
  return [{ check, status: 'info', message: `Events in the last seven days: ${list}.`, fix }]
}

function totals(buckets: readonly Bucket[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { value, count } of buckets.flatMap(({ data }) => data ?? [])) {
    if (typeof value !== 'string' || typeof count !== 'number') continue
    counts.set(value, (counts.get(value) ?? 0) + count)
  }
  return counts
}
