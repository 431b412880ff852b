import type { NextApiRequest, NextApiResponse } from 'next'
import { capi } from '../../lib/capi'

/** An API route of the Pages Router. */
export default async function handler(req: NextApiRequest, res: NextApiResponse): Promise<void> {
  const tracker = await capi.getCapi(req, res)
  await tracker.track('Lead', {}, { event_id: `old.${String(req.query['id'])}` })
  res.json({ context: tracker.context })
}
