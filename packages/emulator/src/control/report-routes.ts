import { Hono } from 'hono'
import { diagnosticsReport } from '../analysis/diagnostics.ts'
import { pairsReport } from '../analysis/pairs.ts'
import { qualityReport } from '../analysis/quality.ts'
import { SEVERITIES } from '../analysis/report.ts'
import { type MetaQuality, readMetaQuality } from '../reports/meta-quality.ts'
import { DATASET_KEYS } from '../store/dataset-filter.ts'
import type { ControlContext } from './control-context.ts'
import { readJson, readQuery } from './read-request.ts'

/** What the kept events show together. */
export function reportRoutes({ store }: ControlContext): Hono {
  const app = new Hono()

  app.get('/__capi/pairs', (c) => c.json(pairsReport(store.list(readQuery(c, DATASET_KEYS)))))

  /** Kept beside the estimates, for the page; `capi quality --emulator` brings it. */
  let meta: MetaQuality | undefined

  app.get('/__capi/quality', (c) => {
    const { pixel_id } = readQuery(c, DATASET_KEYS)
    const isMeant = pixel_id === undefined || pixel_id === meta?.pixelId
    return c.json({
      quality: qualityReport(store.list({ pixel_id })),
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

  app.get('/__capi/diagnostics', (c) => {
    const { severity: asked, pixel_id } = readQuery(c, ['severity', ...DATASET_KEYS])
    const severity = SEVERITIES.find((one) => one === asked)
    if (asked !== undefined && severity === undefined) {
      return c.json({ error: { message: `severity is one of ${SEVERITIES.join(', ')}.` } }, 400)
    }
    return c.json({ diagnostics: diagnosticsReport(store.list({ pixel_id }), { severity }) })
  })

  return app
}
