/**
 * The response with these cookies. The headers of a redirect and of a fetched response cannot be changed: then it is a copy, with the
 * same body. Undefined where there can be none: the body was read already.
 */
export function addCookies(response: Response, cookies: readonly string[]): Response | undefined {
  for (const make of [() => response, () => new Response(response.body, response)]) {
    try {
      const answer = make()
      for (const cookie of cookies) answer.headers.append('set-cookie', cookie)
      return answer
    } catch {
      // A copy next, then none.
    }
  }
  return undefined
}

/** A `Cookie` header with these `Set-Cookie` values in it, in the place of what it had by those names. */
export function cookieHeader(
  own: string | null,
  setCookies: readonly string[],
): string | undefined {
  const set = setCookies.map((line) => line.slice(0, line.indexOf(';')))
  const names = set.map((pair) => pair.slice(0, pair.indexOf('=') + 1))
  const kept = (own ?? '')
    .split(/; */)
    .filter((pair) => !names.some((name) => pair.startsWith(name)))
  return [...kept, ...set].filter((pair) => pair !== '').join('; ') || undefined
}
