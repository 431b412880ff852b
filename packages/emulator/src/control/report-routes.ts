import { Hono } from 'hono'
import { diagnosticsReport } from '../analysis/diagnostics.ts'
import { pairsReport } from '../analysis/pairs.ts'
import { qualityReport } from '../analysis/quality.ts'
import type { Severity } from '../analysis/report.ts'
import { type MetaQuality, readMetaQuality } from '../reports/meta-quality.ts'
import type { ControlContext } from './control-context.ts'

const SEVERITIES: readonly Severity[] = ['high', 'medium', 'low']

/** What the kept events show together. */
export function reportRoutes({ store }: ControlContext): Hono {
  const app = new Hono()

  app.get('/__capi/pairs', (c) => c.json(pairsReport(store.list())))

  /** Kept beside the estimates, for the page; `capi quality --emulator` brings it. */
  let meta: MetaQuality | undefined

  app.get('/__capi/quality', (c) =>
    c.json({ quality: qualityReport(store.list()), ...(meta && { meta }) }),
  )

  app.put('/__capi/quality/meta', async (c) => {
    const read = readMetaQuality(await c.req.json().catch(() => undefined))
    if (read === undefined) {
      const message =
        'Send { "pixelId", "readAtMs", "web": […] }, as capi quality --json prints it.'
      return c.json({ error: { message } }, 400)
    }
    meta = read
    return c.body(null, 204)
  })

  app.get('/__capi/diagnostics', (c) => {
    const asked = c.req.query('severity')
    const severity = SEVERITIES.find((one) => one === asked)
    if (asked !== undefined && severity === undefined) {
      return c.json({ error: { message: `severity is one of ${SEVERITIES.join(', ')}.` } }, 400)
    }
    return c.json({ diagnostics: diagnosticsReport(store.list(), { severity }) })
  })

  return app
}
