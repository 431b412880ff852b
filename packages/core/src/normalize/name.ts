import { compact } from '../field/compact.ts'

const MAX_LENGTH = 256

/** First and last names: `O'Connor` is `oconnor`, `José María` is `josémaría`. See `compact`. */
export function personName(text: string): string | undefined {
  return text.length > MAX_LENGTH ? undefined : compact(text)
}

/** The first five characters of a name (`f5first`, `f5last`). Known from Meta's SDKs only. */
export function nameStart(text: string): string | undefined {
  const name = personName(text)
  return name && Array.from(name).slice(0, 5).join('')
}

/** The first letter of the first name (`fi`). Known from Meta's SDKs only. */
export function initial(text: string): string | undefined {
  const name = personName(text)
  return name && Array.from(name)[0]
}
