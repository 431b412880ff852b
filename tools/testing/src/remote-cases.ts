/** The table for servers in a process or a runtime of their own, which cannot load Vitest. */
import type { RequestCase } from './request-cases/request-case.ts'

export type { RequestCase, RequestSetup } from './request-cases/request-case.ts'
export { REQUEST_CASES } from './request-cases.ts'

/** Which case is sent: its place in `REQUEST_CASES`, where the server finds its `setup` and `answer`. */
export const CASE_HEADER = 'x-case'
/** Who is connected, for servers that can be made to believe it; absent where nobody knows. */
export const PEER_HEADER = 'x-peer'
/** In the answer: the tracker's context as JSON, `encodeURIComponent`. */
export const CONTEXT_HEADER = 'x-context'

/** The head that the application gives to its response: for the servers of `remoteBattery`. */
export function answerHeaders({ answer = {} }: RequestCase): Headers {
  const headers = new Headers()
  const { setHeader = {}, writeHead = {} } = answer
  for (const list of [Object.entries(setHeader), pairsOf(writeHead)]) {
    // What is given to writeHead takes the place of what was set before it.
    for (const [name] of list) headers.delete(name)
    for (const [name, value] of list) for (const line of [value].flat()) headers.append(name, line)
  }
  return headers
}

function pairsOf(head: object): [name: string, value: string | string[]][] {
  if (!Array.isArray(head)) return Object.entries(head)
  const list: string[] = head
  return list.flatMap((name, at) => (at % 2 === 0 ? [[name, String(list[at + 1])]] : []))
}
