import { capi } from './lib/capi'

export const proxy = capi.proxy

/** Pages, actions and routes; neither Next's own files nor those with a dot in their name. */
export const config = { matcher: ['/((?!_next/|.*\\.).*)'] }
