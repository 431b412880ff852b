import { lazy } from '../runtime/lazy.ts'

/** Under which key each word stands: of `{ f: 'female woman' }`, both `female` and `woman` give `f`. Read at the first use. */
/* @__NO_SIDE_EFFECTS__ */
export function byWord(table: Readonly<Record<string, string>>): () => ReadonlyMap<string, string> {
  return lazy(
    () =>
      new Map(
        Object.entries(table).flatMap(([key, words]) =>
          words.split(' ').map((word) => [word, key]),
        ),
      ),
  )
}
