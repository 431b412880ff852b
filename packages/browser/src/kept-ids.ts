import { clickCookies } from './click-ids.ts'

type Name = '_fbc' | '_fbp'

/** The ids of a visitor, as `user_data` has them. */
export interface KeptIds {
  readonly fbc: string | undefined
  readonly fbp: string | undefined
}

/** Reads both ids of the visitor; makes and keeps those that are missing, and that of a click which is new. */
export function keptIds(cookieDomain: string | undefined): (click?: string) => KeptIds {
  /** Read once a page: reading a cookie asks another process. Where the browser keeps none, events still have the same ids. */
  const known: { [N in Name]?: string | undefined } = {}

  const idOf = (name: Name, payload?: string | number) => {
    /** The text as it stands in the cookie. */
    const kept = () => document.cookie.match(`(^|; )${name}=([^;]*)`)?.[2]
    known[name] ??= kept()
    for (const cookie of clickCookies(known[name], payload, location, cookieDomain)) {
      known[name] = cookie.split(';')[0]
      // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store API.
      document.cookie = `${name}=${cookie}`
      if (known[name] === kept()) break
    }
    return known[name]
  }

  return (click) => ({
    fbc: idOf('_fbc', click),
    fbp: idOf('_fbp', (Math.random() * 2 ** 31) | 0),
  })
}
