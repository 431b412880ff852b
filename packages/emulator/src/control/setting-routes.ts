import { type Context, Hono } from 'hono'
import { EmulatorError } from '../emulator-error.ts'
import { checkFaultRule } from '../faults/check-fault-rule.ts'
import { ruleFor } from '../faults/fault-store.ts'
import { checkKeys } from '../known-options.ts'
import { isFields } from '../rules/rule.ts'
import { DATASET_KEYS } from '../store/dataset-filter.ts'
import type { ControlContext } from './control-context.ts'
import { readBody, readJson, readQuery } from './read-request.ts'

const CLOCK_BODY =
  'Send { "now": … }: ISO 8601 text, Unix milliseconds, or null to set it right. Or { "advance": "8d" }.'

/** What a test sets: faults and the clock. */
export function settingRoutes({ clock, faults }: ControlContext): Hono {
  const app = new Hono()

  app.get('/__capi/faults', (c) => c.json({ faults: faults.list(readQuery(c, DATASET_KEYS)) }))

  app.post('/__capi/faults', async (c) => {
    const filter = readQuery(c, DATASET_KEYS)
    return c.json(faults.add(ruleFor(checkFaultRule(await readJson(c)), filter)), 201)
  })

  app.put('/__capi/faults', async (c) => {
    const filter = readQuery(c, DATASET_KEYS)
    const body = await readJson(c)
    if (isFields(body)) checkKeys(body, ['faults'], 'The body of PUT /__capi/faults')
    const rules: unknown = isFields(body) ? body['faults'] : body
    if (!Array.isArray(rules)) throw new EmulatorError('fault_invalid', 'Send { "faults": […] }.')
    return c.json({ faults: faults.replaceAll(rules, filter) })
  })

  app.delete('/__capi/faults', (c) => {
    faults.clear(readQuery(c, DATASET_KEYS))
    return c.body(null, 204)
  })

  app.delete('/__capi/faults/:id', (c) => {
    readQuery(c)
    return faults.remove(Number(c.req.param('id')))
      ? c.body(null, 204)
      : c.json({ error: { message: 'No fault with this id stands.' } }, 404)
  })

  const time = (c: Context) =>
    c.json({
      now: new Date(clock.now()).toISOString(),
      is_stopped: clock.isStopped(),
      ahead_ms: clock.aheadMs(),
    })

  app.get('/__capi/clock', (c) => {
    readQuery(c)
    return time(c)
  })

  app.put('/__capi/clock', async (c) => {
    readQuery(c)
    const { now, advance } = await readBody(c, ['now', 'advance'])
    if ((now === undefined) === (advance === undefined)) {
      throw new EmulatorError('time_invalid', CLOCK_BODY)
    }
    // Both read their text or number themselves, and refuse anything else.
    if (advance === undefined) clock.set(now === null ? undefined : (now as string))
    else clock.advance(advance as string)
    return time(c)
  })

  return app
}
