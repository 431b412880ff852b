import { Hono } from 'hono'
import { ofSeverity } from '../analysis/diagnostics.ts'
import { SEVERITIES } from '../analysis/report.ts'
import { createReports } from '../analysis/reports.ts'
import { type MetaQuality, readMetaQuality } from '../reports/meta-quality.ts'
import { DATASET_KEYS } from '../store/dataset-filter.ts'
import type { ControlContext } from './control-context.ts'
import { readJson, readQuery } from './read-request.ts'
import { sendJson } from './send-json.ts'

/** What the kept events show together. */
export function reportRoutes({ store }: ControlContext): Hono {
  const app = new Hono()
  const reports = createReports(store)

  app.get('/__capi/pairs', async (c) => {
    const { pixel_id } = readQuery(c, DATASET_KEYS)
    return sendJson({ ...(await reports.soon('pairs', pixel_id)) })
  })

  /** Kept beside the estimates, for the page; `capi quality --emulator` brings it. */
  let meta: MetaQuality | undefined

  app.get('/__capi/quality', async (c) => {
    const { pixel_id } = readQuery(c, DATASET_KEYS)
    const isMeant = pixel_id === undefined || pixel_id === meta?.pixelId
    return sendJson({
      quality: await reports.soon('quality', pixel_id),
      ...(meta && isMeant && { meta }),
    })
  })

  app.put('/__capi/quality/meta', async (c) => {
    readQuery(c)
    const read = readMetaQuality(await readJson(c))
    if (read === undefined) {
      const message =
        'Send { "pixelId", "readAtMs", "web": […] }, as capi quality --json prints it.'
      return c.json({ error: { message } }, 400)
    }
    meta = read
    return c.body(null, 204)
  })

  app.get('/__capi/diagnostics', async (c) => {
    const { severity: asked, pixel_id } = readQuery(c, ['severity', ...DATASET_KEYS])
    const severity = SEVERITIES.find((one) => one === asked)
    if (asked !== undefined && severity === undefined) {
      return c.json({ error: { message: `severity is one of ${SEVERITIES.join(', ')}.` } }, 400)
    }
    const found = await reports.soon('diagnostics', pixel_id)
    return sendJson({ diagnostics: ofSeverity(found, { severity }) })
  })

  return app
}
