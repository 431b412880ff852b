import { readWhole } from './read-request.ts'

const MOST = 10_000_000

/** The newest so many of a list, all without a number. @throws EmulatorError `option_invalid` for what is no number */
export function newest<T>(list: readonly T[], limit: string | undefined): readonly T[] {
  if (limit === undefined) return list
  const count = readWhole(limit, 'limit', MOST)
  return count === 0 ? [] : list.slice(-count)
}
