import { inject } from 'vitest'
import * as stored from './stored.ts'

/** What a browser sends when a person navigates to a page. */
export const PAGE = { accept: 'text/html', 'sec-fetch-dest': 'document', 'user-agent': 'UA/1' }
/** What Next's own script sends to change a page: it removes its own headers before a proxy sees them. */
export const RSC = { accept: '*/*', 'sec-fetch-dest': 'empty', 'user-agent': 'UA/1', rsc: '1' }

export function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(inject('shopUrl') + path, { redirect: 'manual', headers: PAGE, ...init })
}

/** What is at the emulator of all tests. */
export const events = () => stored.events(inject('emulatorUrl'))

/** The events of these, once the first has arrived. */
export const arrived = (isMeant: (event: stored.Stored) => boolean) =>
  stored.arrived(isMeant, inject('emulatorUrl'))
