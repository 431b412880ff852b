import { describe, expect, it } from 'vitest'
import { CASE_HEADER, CONTEXT_HEADER, PEER_HEADER } from './remote-cases.ts'
import { type Expected, type RequestCase, VISIT } from './request-cases/request-case.ts'
import { REQUEST_CASES } from './request-cases.ts'
import { flatContext, matcher, matchersOf } from './request-expectations.ts'
import { sendRequest } from './send-request.ts'

/** A server in a process or a runtime of its own. Every route answers every method as the header says. */
export interface RemoteSubject {
  readonly name: string
  readonly port: () => number
  /** Why this server cannot be asked this. Cases of HTTP/2, of parsers in front and of visitors who go away are never sent. */
  readonly leavesOut?: (one: RequestCase) => string | false
  /** What is another there, and why stands beside it. */
  readonly expects?: (one: RequestCase) => Expected
}

const isRemote = ({ request }: RequestCase) =>
  request?.version !== '2' && request?.isAborted !== true && request?.parsedCookies === undefined

/** Sends the table to a server that is no part of this process. Of cookies counts what a browser would keep. */
export function remoteBattery({ name, port, leavesOut, expects }: RemoteSubject): void {
  describe(`${name}, as any framework`, () => {
    const cases = [...REQUEST_CASES.entries()].filter(
      ([, one]) => isRemote(one) && !(leavesOut?.(one) ?? false),
    )
    it.each(cases.map(([at, one]) => [one.name, at, one] as const))(
      '%s',
      async (_name, at, one) => {
        const { request = {} } = one
        const { peer = VISIT.peer } = request
        const headers = [
          ...(request.headers ?? []),
          [CASE_HEADER, String(at)] as const,
          [PEER_HEADER, peer] as const,
        ]
        const response = await sendRequest(port(), { ...request, headers }, new Promise(() => {}))
        expect(response?.status).toBe(200)
        const expected = expects?.(one) ?? one.expected
        const context = JSON.parse(decodeURIComponent(response?.headers[CONTEXT_HEADER] ?? ''))
        expect(flatContext(context)).toEqual(matchersOf(expected))
        const lines = (expected.cookies ?? []).map(matcher)
        const kept = keptCookies(response?.setCookies ?? [])
        expect(kept).toHaveLength(lines.length)
        expect(kept).toEqual(expect.arrayContaining(lines))
      },
    )
  })
}

/** The last of each name. */
function keptCookies(lines: readonly string[]): readonly string[] {
  return [...new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line])).values()]
}
