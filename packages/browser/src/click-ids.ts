/** 90 days, as Meta's Pixel keeps them. */
const MAX_AGE_SEC = 7_776_000

type Name = '_fbc' | '_fbp'

/** The ids of a visitor, as `user_data` has them. */
export interface ClickIds {
  readonly fbc: string | undefined
  readonly fbp: string | undefined
}

/**
 * The click id of an address, byte for byte: decoding it would make another of it. What a template makes of a click that was none
 * is no click id.
 */
export function clickOf(search: string): string | undefined {
  return /[?&]fbclid=(?![a-z]{4,9}(&|$))([\w-]{1,500})(&|$)/i.exec(search)?.[2]
}

/** The text as it stands in the cookie. */
export function cookieOf(name: Name): string | undefined {
  return document.cookie.match(`(^|; )${name}=([^;]*)`)?.[2]
}

/** Reads both ids of the visitor; makes and keeps those that are missing, and that of a click which is new. */
export function clickIds(cookieDomain: string | undefined): (click?: string) => ClickIds {
  /** Where the browser keeps no cookie, the events of the page still have the same ids. */
  const known: { [N in Name]?: string } = {}

  /** On the widest domain the browser allows, which all sub-domains share; else on the host alone, as where that is an address. */
  const idOf = (name: Name, payload?: string | number) => {
    let id = cookieOf(name) ?? known[name]
    if (!payload || (id && (name > '_fbc' || id.split('.')[3] === payload))) return id
    const { hostname } = location
    const isAddress = /[\d\]]$/.test(hostname)
    const labels = isAddress ? [hostname] : (cookieDomain || hostname).split('.')
    const most = labels.length
    let count = isAddress ? 2 : cookieDomain ? most : 1
    do {
      id = known[name] = `fb.${Math.min(count, most) - 1}.${Date.now()}.${payload}`
      // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store API.
      document.cookie = `${name}=${id};path=/;max-age=${MAX_AGE_SEC};samesite=lax${
        location.protocol > 'https' ? ';secure' : ''
      };domain=${count > most ? '' : labels.slice(-count).join('.')}`
    } while (cookieOf(name) !== id && count++ <= most)
    return id
  }

  return (click) => ({
    fbc: idOf('_fbc', click),
    fbp: idOf('_fbp', (Math.random() * 2 ** 31) | 0),
  })
}
