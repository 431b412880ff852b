import { after } from 'next/server'
import { capi } from '../../lib/capi'

/** An event before the response, and one behind it. */
export async function POST(request: Request): Promise<Response> {
  const id = new URL(request.url).searchParams.get('id')
  const tracker = await capi.getCapi()
  after(() => tracker.track('Contact', {}, { event_id: `contact.${id}` }))
  const { outcome } = await tracker.track('Lead', {}, { event_id: `lead.${id}` })
  return Response.json({ outcome })
}
