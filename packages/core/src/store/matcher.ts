/** Whether the JSON of an event holds one of these hashes: also one with Meta's suffix. */
export function matcher(hashes: readonly string[]): (body: string) => boolean {
  // A text that is part of every event would match them all.
  const sought = hashes.filter((hash) => /^[0-9a-f]{64}$/.test(hash))
  return (body) => sought.some((hash) => body.includes(hash))
}
