import { removeBlanks } from './clean.ts'

const MAX_LENGTH = 512

/** Lower-case, without blanks, as Meta's Parameter Builder does; the documents state no rule. */
export function externalId(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  return removeBlanks(text).toLowerCase()
}
