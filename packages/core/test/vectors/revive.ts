/** A value of a vector with its `$date`, `$bigint` and `$number` made real, at any depth. See vectors/README.md. */
export function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const [[key, text] = []] = entries
  if (key === '$date') return new Date(String(text))
  if (key === '$bigint') return BigInt(String(text))
  if (key === '$number') return Number(text)
  return Object.fromEntries(entries.map(([name, item]) => [name, revive(item)]))
}
