const SHOWN = 4

/** `…abcd`. A token too short to hide anything keeps no character at all. */
export function maskToken(token: string): string {
  return `…${token.length > 2 * SHOWN ? token.slice(-SHOWN) : ''}`
}
