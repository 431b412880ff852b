/** 90 days, as Meta's Pixel keeps them. */
const MAX_AGE_SEC = 7_776_000

/**
 * The click id of an address, byte for byte: decoding it would make another of it. What a template makes of a click that was none
 * is no click id.
 * @param search the query with its `?`, as `location.search` has it.
 * @returns undefined where the query has no click id.
 * @example
 * clickOf('?fbclid=IwAR0aBc_D-e') // 'IwAR0aBc_D-e'
 */
export function clickOf(search: string): string | undefined {
  return /[?&]fbclid=(?![a-z]{4,9}(&|$))([\w-]{1,500})(&|$)/i.exec(search)?.[2]
}

/**
 * The cookies to set, one after the other, until the browser keeps one: on the widest domain that it allows, which all sub-domains
 * share; else on the host alone, as where that is an address. For `_fbc` and `_fbp` of places without `document.cookie`, such as
 * Shopify's sandbox; in a page, `createTracker` does it.
 * @param id what the cookie has now.
 * @param payload of `_fbc`, the click id; of `_fbp`, a random whole number.
 * @param page its address: `location`, or a `URL`.
 * @param cookieDomain the one domain to try. Default: all of the host.
 * @returns what follows `_fbc=` or `_fbp=`: the id, and the attributes after `;`. Empty where `id` stays: only another click replaces
 * one, and no number replaces `_fbp`.
 * @example
 * const [widest] = clickCookies(undefined, 'IwAR0aBc', new URL('https://www.shop.example/'))
 * // fb.0.1795867200000.IwAR0aBc;path=/;max-age=7776000;samesite=lax;secure;domain=example
 */
export function clickCookies(
  id: string | undefined,
  payload: string | number | undefined,
  page: Pick<URL, 'hostname' | 'href'>,
  cookieDomain?: string,
): string[] {
  const host = page.hostname.replace(/.*[\d\]]$/, '')
  if (!payload || (id && +payload === payload) || id?.split('.')[3] === payload) return []
  const domains = host
    ? cookieDomain
      ? [cookieDomain]
      : host.split('.').map((_, at, labels) => labels.slice(~at).join('.'))
    : []
  return [...domains, ''].map(
    (domain) =>
      `fb.${(domain || host).split('.').length - 1}.${Date.now()}.${payload};path=/;max-age=${MAX_AGE_SEC};samesite=lax${
        page.href > 'https' ? ';secure' : ''
      };domain=${domain}`,
  )
}
