const MAX_URL = 2_048

/** A web address without its fragment, or undefined if it is none that a page can have. */
export function webUrl(text: string | undefined): URL | undefined {
  if (text === undefined || text.length > MAX_URL || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  url.hash = ''
  url.username = ''
  url.password = ''
  return url
}

/**
 * The raw `fbclid` of an address's query, byte for byte: decoding and encoding it again would
 * make another click id of it. The first of several wins.
 */
export function rawFbclid(search: string): string | undefined {
  for (const pair of search.slice(1).split('&'))
    if (pair.startsWith('fbclid=')) return pair.slice(7)
  return undefined
}
