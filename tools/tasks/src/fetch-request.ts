import type { Capi } from '@capi/core'
import { requestContext } from '@capi/core/adapter'

/** A handler of a runtime that has the web's `Request`: what it knows of its visitor. */
export async function subscribe(capi: Capi, request: Request): Promise<Response> {
  const { scope, setCookies } = requestContext(
    { url: request.url, header: (name) => request.headers.get(name) },
    { trustedProxies: 1 },
  )
  const { outcome } = await capi.with(scope).track('Lead')
  const response = new Response(outcome)
  for (const cookie of setCookies) response.headers.append('set-cookie', cookie)
  return response
}
