import { cookies, headers } from 'next/headers'
import { capi } from '../../lib/capi'

/** What a route knows of its request. */
export async function GET(): Promise<Response> {
  const tracker = await capi.getCapi()
  const isSame = tracker === (await capi.getCapi())
  const list = await headers()
  return Response.json({
    context: tracker.context,
    isSame,
    pageViewId: tracker.pageViewId,
    cookie: (await cookies()).get('_fbp')?.value,
    own: list.get('x-own'),
    clients: clients(),
  })
}

/** How many clients the process has. */
function clients(): number {
  const registry = Symbol.for('@capi/next.clients')
  return (globalThis as { [registry]?: unknown[] })[registry]?.length ?? 0
}
