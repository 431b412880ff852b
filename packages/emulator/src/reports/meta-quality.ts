import { isFields } from '../rules/rule.ts'

/** Meta's own number on the events of one name. */
export interface MetaEventQuality {
  readonly event_name: string
  /** 0 to 10. */
  readonly score?: number
  /** Share of browser events that the server sent too, in percent. */
  readonly coverage?: number
}

/** What Meta says of a dataset, read elsewhere: the emulator has no token of Meta's. */
export interface MetaQuality {
  readonly pixelId: string
  /** Unix milliseconds. */
  readonly readAtMs: number
  readonly web: readonly MetaEventQuality[]
}

const within = (value: unknown, most: number): number | undefined =>
  typeof value === 'number' && value >= 0 && value <= most ? value : undefined

/** Reads what `readQuality` of `@capi/core/quality` gives, with the dataset beside it; undefined when it is something else. */
export function readMetaQuality(body: unknown): MetaQuality | undefined {
  if (!isFields(body)) return undefined
  const { pixelId, readAtMs, web } = body
  if (typeof pixelId !== 'string' || typeof readAtMs !== 'number' || !Array.isArray(web))
    return undefined
  return { pixelId, readAtMs, web: web.flatMap((row) => readRow(row) ?? []) }
}

function readRow(row: unknown): MetaEventQuality | undefined {
  if (!isFields(row) || typeof row['event_name'] !== 'string') return undefined
  const score = within(row['score'], 10)
  const coverage = isFields(row['coverage'])
    ? within(row['coverage']['percentage'], 100)
    : undefined
  return {
    event_name: row['event_name'],
    ...(score !== undefined && { score }),
    ...(coverage !== undefined && { coverage }),
  }
}
