import type { IncomingMessage } from 'node:http'
import type { HostedRequest } from '@capi/core/adapter'
import type { ExecutionContext } from '@nestjs/common'

/**
 * One web request, by the name of each client that it was opened for: however many pixels there are, the visitor gets one
 * `_fbp`.
 */
export type Visits = Map<string, HostedRequest>

/** The ESM and the CommonJS copy of this package may meet on one request. */
const VISITS = Symbol.for('@capi/nest.visits')
type Marked = { [VISITS]?: Visits | undefined }

export function visitsOn(raw: IncomingMessage & Marked): Visits {
  raw[VISITS] ??= new Map()
  return raw[VISITS]
}

/** Undefined where there is no web request, or the module does not know it. */
export function visitsOf(context: ExecutionContext): Visits | undefined {
  const isGraphql = context.getType<string>() === 'graphql'
  const request = isGraphql ? context.getArgByIndex(2)?.req : context.getArgByIndex(0)
  const marked: Marked | null | undefined = request?.raw ?? request
  return typeof marked === 'object' && marked !== null ? marked[VISITS] : undefined
}
