import { connect as connectHttp2 } from 'node:http2'
import { connect } from 'node:net'
import { VISIT, type WireRequest } from './request-cases/request-case.ts'

type Line = readonly [name: string, value: string | null]

/** The lines of an unremarkable visit, with those of the request in their place. */
function headerLines({ headers = [] }: WireRequest): [name: string, value: string][] {
  const named = new Set(headers.map(([name]) => name))
  const lines: Line[] = [...VISIT.headers.filter(([name]) => !named.has(name)), ...headers]
  return lines.flatMap(([name, value]) => (value === null ? [] : [[name, value]]))
}

export interface WireResponse {
  readonly status: number
  readonly setCookies: readonly string[]
  /** By name in lower case; of several lines the last. */
  readonly headers: Readonly<Record<string, string>>
}

/** Writes the request byte for byte, for no client library would. @param gone cuts the connection. */
export function sendRequest(
  port: number,
  request: WireRequest,
  gone: Promise<unknown>,
): Promise<WireResponse | undefined> {
  return request.version === '2' ? sendHttp2(port, request) : sendHttp1(port, request, gone)
}

function sendHttp1(
  port: number,
  request: WireRequest,
  gone: Promise<unknown>,
): Promise<WireResponse | undefined> {
  const { method, target, version, host } = { ...VISIT, ...request }
  const lines = [
    `${method} ${target} HTTP/${version}`,
    ...(host === null ? [] : [`Host: ${host}`]),
    'Connection: close',
    ...headerLines(request).map(([name, value]) => `${name}: ${value}`),
  ]
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      text += chunk
      // workerd leaves the connection open.
      if (isWhole(text, method)) socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(text === '' ? undefined : parse(text)))
    socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
    void gone.then(() => socket.destroy())
  })
}

/** Whether the body is as long as the head says. */
function isWhole(text: string, method: string): boolean {
  const end = text.indexOf('\r\n\r\n') + 4
  const length = end < 4 ? undefined : /^content-length: (\d+)/im.exec(text.slice(0, end))?.[1]
  return length !== undefined && (method === 'HEAD' || text.length - end >= Number(length))
}

function parse(text: string): WireResponse {
  const [head = ''] = text.split('\r\n\r\n')
  const lines = head.split('\r\n')
  return {
    status: Number(lines[0]?.split(' ')[1]),
    setCookies: lines.flatMap((line) => /^set-cookie: (.*)$/i.exec(line)?.[1] ?? []),
    headers: Object.fromEntries(
      lines.slice(1).flatMap((line) => {
        const [, name, value = ''] = /^([^:]+): ?(.*)$/.exec(line) ?? []
        return name === undefined ? [] : [[name.toLowerCase(), value]]
      }),
    ),
  }
}

async function sendHttp2(port: number, request: WireRequest): Promise<WireResponse> {
  const { method, target, host } = { ...VISIT, ...request }
  const headers: Record<string, string | string[]> = {
    ':method': method,
    ':path': target,
    ':authority': String(host),
  }
  for (const [name, value] of headerLines(request)) {
    const known = headers[name]
    headers[name] = known === undefined ? value : [known, value].flat()
  }
  const session = connectHttp2(`http://127.0.0.1:${port}`)
  try {
    const stream = session.request(headers)
    return await new Promise<WireResponse>((resolve, reject) => {
      session.on('error', reject)
      stream.on('error', reject)
      stream.on('response', (answer) =>
        resolve({
          status: Number(answer[':status']),
          setCookies: answer['set-cookie'] ?? [],
          headers: {},
        }),
      )
      stream.resume()
    })
  } finally {
    session.destroy()
  }
}
