/** Whether only this machine or a private network has addresses that begin so. Source: RFC 1918, 3927. */
export function isPrivateV4(first: number, second: number): boolean {
  if (first === 127 || first === 10) return true
  if (first === 172) return second >= 16 && second <= 31
  return (first === 192 && second === 168) || (first === 169 && second === 254)
}

/** The IPv4 address in `::ffff:a00:5`, as the URL parser writes it. */
export function mappedV4(canonical: string): string | undefined {
  const [, ...halves] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical) ?? []
  const numbers = halves.map((half) => Number.parseInt(half, 16))
  return numbers.flatMap((half) => [half >> 8, half & 255]).join('.') || undefined
}
