// @boundaries-ignore types only: a dependency on core would be a cycle, its tests use this package
import type { Consent } from '../../../../packages/core/src/event/consent.ts'

/** Text as it is, text of a form, or nothing. */
export type Match = string | RegExp | null

/** One request on the wire. Absent is what `VISIT` says. */
export interface WireRequest {
  readonly method?: string
  /** The request target, byte for byte: mostly a path. */
  readonly target?: string
  readonly version?: '1.0' | '1.1' | '2'
  /** Null: none; without it, or with HTTP/1.0 and null, there is no Host line. */
  readonly host?: string | null
  /** Lines in order, also the same name twice; they come in addition to those of `VISIT`, or in their place. */
  readonly headers?: readonly (readonly [name: string, value: string | null])[]
  /** Who is connected; null: nobody knows, as on a Unix socket. */
  readonly peer?: string | null
  readonly isEncrypted?: boolean
  /** The visitor goes away before there is an answer. */
  readonly isAborted?: boolean
  /** What a cookie parser in front left on the request, without a prototype. */
  readonly parsedCookies?: Readonly<Record<string, string>>
}

/** How the application has set up its adapter. Cases of one setup share a server. */
export interface RequestSetup {
  /** Proxies in front: how many, or their addresses. */
  readonly trust?: number | readonly string[]
  readonly cookies?: boolean
  readonly cookieDomain?: string | ((host: string) => string | undefined)
  readonly siteUrl?: string
  readonly clientIp?: () => string | undefined
  readonly pageUrl?: () => string | undefined
  readonly consent?: Consent | (() => Consent | undefined)
}

/** What the application does with the response, on the raw one. */
export interface WireAnswer {
  readonly setHeader?: Readonly<Record<string, string | string[]>>
  /** Headers handed to `writeHead`. */
  readonly writeHead?: Readonly<Record<string, string | string[]>> | readonly unknown[]
}

/** Of the context, and of the `Set-Cookie` lines. Absent is what an unremarkable visit gives. */
export interface Expected {
  readonly url?: Match
  readonly referrer?: Match
  readonly ip?: Match
  readonly agent?: Match
  readonly fbc?: Match
  readonly fbp?: Match
  readonly consent?: Consent
  /** Every `Set-Cookie` line of the answer, in order. */
  readonly cookies?: readonly (string | RegExp)[]
}

export interface RequestCase {
  /** A sentence. */
  readonly name: string
  readonly request?: WireRequest
  readonly setup?: RequestSetup
  readonly answer?: WireAnswer
  readonly expected: Expected
}

export const FBP = 'fb.1.1596403881668.1116446470'
export const NEW_FBP = /^fb\.1\.\d{13}\.\d{1,10}$/
const PEER = '203.0.113.7'

/** A visitor who was here before, on http. */
export const VISIT = {
  method: 'GET',
  target: '/p',
  version: '1.1',
  host: 'shop.example',
  headers: [
    ['user-agent', 'UA/1'],
    ['accept', 'text/html'],
    ['cookie', `_fbp=${FBP}`],
  ],
  peer: PEER,
} as const satisfies WireRequest

/** What such a visit gives. */
export const VISITED: Required<Omit<Expected, 'consent'>> = {
  url: 'http://shop.example/p',
  referrer: null,
  ip: PEER,
  agent: 'UA/1',
  fbc: null,
  fbp: FBP,
  cookies: [],
}

/** A setup is shared by identity: one server for each. */
export const PLAIN: RequestSetup = {}

/** The `Set-Cookie` line of a cookie that is new, or of this value. */
export function cookieLine(
  name: '_fbc' | '_fbp',
  { value = String.raw`\d{1,10}`, attributes = '', index = 1 } = {},
): RegExp {
  const fixed = 'Max-Age=7776000; Path=/; SameSite=Lax'
  return new RegExp(
    String.raw`^${name}=fb\.${index}\.\d{13}\.${value}; ${fixed}${attributes.replaceAll('.', String.raw`\.`)}$`,
  )
}

export const fbcOf = (click: string, index = 1) =>
  new RegExp(String.raw`^fb\.${index}\.\d{13}\.${click}$`)
