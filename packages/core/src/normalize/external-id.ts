import { isAscii, removeBlanks } from '../field/clean.ts'
import { identifiesNothing } from '../field/nothing.ts'

const MAX_LENGTH = 512

/**
 * Lower-case, without blanks, as Meta's Parameter Builder does; the documents state no rule. Send
 * the same form from the browser.
 */
export function externalId(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const id = removeBlanks(text)
  // WordPress and its like give 0 to everybody who is not logged in.
  if (id === '0' || identifiesNothing(id)) return undefined
  return isAscii(id) ? id.toLowerCase() : id.normalize('NFC').toLowerCase().normalize('NFC')
}
