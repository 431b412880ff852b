import type { DeadFilter, DeadItem } from '@capi/core/outbox'
import { listOf, MOST, textsOf } from './answers.ts'
import { itemOf } from './event-entry.ts'
import type { Run } from './redis-outbox.ts'

/** A letter's name is `<number>:<lane>`: it is chosen without reading it. */
const numberOf = (name: string) => Number.parseInt(name, 10)

export async function readLetters(
  run: Run,
  { lane, ids, before }: DeadFilter,
  limit: number,
): Promise<readonly DeadItem[]> {
  const names = textsOf(await run('deadNames'))
    .filter((name) => lane === undefined || name.endsWith(`:${lane}`))
    .filter((name) => ids === undefined || ids.includes(name))
    .filter((name) => before === undefined || numberOf(name) < numberOf(before))
    .sort((a, b) => numberOf(b) - numberOf(a))
    .slice(0, Math.min(limit, MOST))
  const found = names.length === 0 ? [] : listOf(await run('readDead', ...names))
  return names.flatMap((id, index) => toLetter(id, found[index]))
}

function toLetter(id: string, kept: unknown): DeadItem[] {
  if (!kept) return [] // Removed meanwhile.
  const [key, record, cause, diedAtMs] = JSON.parse(String(kept)) as [
    string,
    string,
    string,
    string,
  ]
  const item = itemOf(id.slice(id.indexOf(':') + 1), key, record)
  return [{ id, item, cause: JSON.parse(cause), diedAtMs: Number(diedAtMs) }]
}
