/**
 * The raw `fbclid` of an address's query, byte for byte: decoding and encoding it again would
 * make another click id of it. The first of several wins.
 */
export function rawFbclid(url: string): string | undefined {
  const question = url.indexOf('?')
  // Most addresses hold none: then nothing is taken apart.
  if (question < 0 || !url.includes('fbclid=', question)) return undefined
  const hash = url.indexOf('#', question)
  const query = url.slice(question + 1, hash < 0 ? url.length : hash)
  for (const pair of query.split('&')) if (pair.startsWith('fbclid=')) return pair.slice(7)
  return undefined
}
