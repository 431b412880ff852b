import type { Target } from './target.ts'

/** Targets of each folded header. @param table folded headers for each target, between `|` */
export function columnsOf(
  table: {
    readonly [T in Target]?: string
  },
): Readonly<Record<string, readonly Target[]>> {
  const columns = new Map<string, readonly Target[]>()
  for (const [target, headers = ''] of Object.entries(table))
    for (const header of headers.split('|'))
      columns.set(header, [...(columns.get(header) ?? []), target as Target])
  return Object.fromEntries(columns)
}
