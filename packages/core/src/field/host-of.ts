import { attempt } from '../runtime/attempt.ts'

/** As hosts are usually written: letters, digits and dashes. A parser changes nothing about these but their capitals. */
export const PLAIN_ADDRESS: RegExp =
  /^https?:\/\/((?:[a-z0-9-]+\.)*[a-z][a-z0-9-]*)(?::\d{1,4})?(?:[/?#]|$)/i

/** The host of an address, without its port; blank where the address is none. */
export function hostOf(url: string): string {
  return PLAIN_ADDRESS.exec(url)?.[1]?.toLowerCase() ?? attempt(() => new URL(url).hostname, '')
}
