import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What Graph is to answer: by the end of a request's path, `dataset_quality`, `stats`, `batch` or `node`. */
export interface GraphScript {
  [question: string]: { readonly status?: number; readonly body: unknown } | undefined
}

export interface GraphServer extends AsyncDisposable {
  readonly url: string
  /** Filled before a run. */
  script: GraphScript
  /** How far its clock is ahead, milliseconds. */
  aheadMs: number
  /** Addresses, headers and bodies of all requests, as text. */
  readonly seen: string[]
}

/** Stands for Meta over HTTP, with answers that the emulator never gives. */
export async function graphServer(): Promise<GraphServer> {
  const seen: string[] = []
  const state = { script: {} as GraphScript, aheadMs: 0 }
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text
    })
    request.on('end', () => {
      const { pathname } = new URL(request.url ?? '/', 'http://graph')
      const last = pathname.split('/').filter(Boolean).at(-1) ?? ''
      const question = request.method === 'POST' ? 'batch' : /^\d+$/.test(last) ? 'node' : last
      seen.push(`${request.url} ${JSON.stringify(request.headers)} ${body}`)
      const { status = 200, body: answer } = state.script[question] ?? { body: {} }
      const date = new Date(Date.now() + state.aheadMs).toUTCString()
      response.writeHead(status, { date, 'content-type': 'application/json' })
      response.end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    seen,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

/** Meta's no. */
export function graphError(status: number, code: number, error_subcode?: number) {
  const error = { message: 'no', type: 'OAuthException', code, error_subcode, fbtrace_id: 'A' }
  return { status, body: { error } }
}

/** Meta's answer to a batch that asks for one token. */
export function tokenAnswer(data: object) {
  return { body: [{ code: 200, body: JSON.stringify({ data }) }] }
}
