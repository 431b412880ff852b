import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Http2Server } from 'node:http2'
import type { AddressInfo, Socket } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
// @boundaries-ignore types only: a dependency on core would be a cycle, its tests use this package
import type { Scope } from '../../../packages/core/src/event/event-input.ts'
import { later } from './later.ts'
import { PLAIN, type RequestCase, type RequestSetup, VISIT } from './request-cases/request-case.ts'
import { REQUEST_CASES } from './request-cases.ts'
import { flatContext, matcher, matchersOf } from './request-expectations.ts'
import { sendRequest } from './send-request.ts'

/** What the application under test does on every route, with the request's tracker and the raw response. */
export type Answer = (tracker: { readonly context: Scope }, response: ServerResponse) => void

/** A framework with the adapter mounted. */
export interface RequestSubject {
  readonly name: string
  /** Whether `serve` can give a server of HTTP/2 without TLS; default false. */
  readonly speaksHttp2?: boolean
  /** A server that does not listen yet, whose every route, of every method, calls `answer`. */
  serve(
    setup: RequestSetup,
    answer: Answer,
    version: '1' | '2',
  ): ServedRequests | Promise<ServedRequests>
}

export interface ServedRequests {
  readonly server: Server | Http2Server
  /** After the tests; default: the server alone is closed. */
  readonly close?: () => unknown
}

/** Sends the whole table to a framework. */
export function requestBattery(subject: RequestSubject): void {
  describe(`${subject.name}, as any framework`, () => {
    const world = requestWorld(subject)
    const cases = REQUEST_CASES.filter(
      ({ request }) => request?.version !== '2' || subject.speaksHttp2 === true,
    )
    it.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
      const { context, cookies } = await world.visit(one)
      expect(flatContext(context)).toEqual(matchersOf(one.expected))
      expect(cookies).toEqual((one.expected.cookies ?? []).map(matcher))
    })
  })
}

interface Visit {
  readonly context: Scope
  readonly cookies: readonly string[]
}

function requestWorld(subject: RequestSubject) {
  const served = new Map<RequestSetup, Promise<{ port: number; close(): unknown }>>()
  let current: RequestCase = { name: '', expected: {} }
  let seen = later<Scope>()
  let arrived = later<void>()

  const answer: Answer = (tracker, response) => {
    arrived.resolve()
    if (current.request?.isAborted === true) {
      response.once('close', () => seen.resolve(structuredClone(tracker.context)))
      return
    }
    seen.resolve(structuredClone(tracker.context))
    const { setHeader = {}, writeHead } = current.answer ?? {}
    for (const [name, value] of Object.entries(setHeader)) response.setHeader(name, value)
    if (writeHead !== undefined) response.writeHead(200, writeHead as Record<string, string>)
    response.end('ok')
  }

  /** A real connection, of whom the case says. */
  function disguise(socket: Socket): void {
    const { peer = VISIT.peer, isEncrypted = false } = current.request ?? {}
    Object.defineProperty(socket, 'remoteAddress', { value: peer ?? undefined })
    if (isEncrypted) Object.defineProperty(socket, 'encrypted', { value: true })
  }

  function parseCookies(req: IncomingMessage & { cookies?: object }): void {
    const parsed = current.request?.parsedCookies
    if (parsed !== undefined) req.cookies = Object.assign(Object.create(null) as object, parsed)
  }

  async function start(setup: RequestSetup, version: '1' | '2') {
    const { server, close } = await subject.serve(setup, answer, version)
    server.prependListener('connection', disguise)
    server.prependListener('request', parseCookies)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return {
      port: (server.address() as AddressInfo).port,
      close: close ?? (() => server.close()),
    }
  }

  afterAll(async () => {
    for (const server of served.values()) await (await server).close()
  })

  return {
    async visit(one: RequestCase): Promise<Visit> {
      current = one
      seen = later()
      arrived = later()
      const { setup = PLAIN, request = {} } = one
      const isHttp2 = request.version === '2'
      const key = isHttp2 ? HTTP2 : setup
      const server = served.get(key) ?? start(setup, isHttp2 ? '2' : '1')
      served.set(key, server)
      const gone = request.isAborted === true ? arrived.promise : new Promise(() => {})
      const response = await sendRequest((await server).port, request, gone)
      if (request.isAborted !== true) expect(response?.status).toBe(200)
      return { context: await seen.promise, cookies: response?.setCookies ?? [] }
    },
  }
}

/** Cases of HTTP/2 have no setup of their own. */
const HTTP2: RequestSetup = {}
