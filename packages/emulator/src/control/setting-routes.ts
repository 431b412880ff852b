import { type Context, Hono } from 'hono'
import { EmulatorError } from '../emulator-error.ts'
import { isFields } from '../rules/rule.ts'
import type { ControlContext } from './control-context.ts'

const CLOCK_BODY =
  'Send { "now": … }: ISO 8601 text, Unix milliseconds, or null to let it run. Or { "advance": "8d" }.'

/** What a test sets: faults and the clock. */
export function settingRoutes({ clock, faults }: ControlContext): Hono {
  const app = new Hono()

  app.get('/__capi/faults', (c) => c.json({ faults: faults.list() }))

  app.put('/__capi/faults', async (c) => {
    const body = await readJson(c)
    const rules: unknown = isFields(body) ? body['faults'] : body
    if (!Array.isArray(rules)) return refuse(c, 'Send { "faults": […] }.')
    try {
      return c.json({ faults: faults.replaceAll(rules) })
    } catch (error) {
      if (EmulatorError.is(error)) return refuse(c, error.message)
      throw error
    }
  })

  app.delete('/__capi/faults', (c) => {
    faults.clear()
    return c.body(null, 204)
  })

  const time = (c: Context) =>
    c.json({
      now: new Date(clock.now()).toISOString(),
      is_stopped: clock.isStopped(),
      ahead_ms: clock.aheadMs(),
    })

  app.get('/__capi/clock', time)

  app.put('/__capi/clock', async (c) => {
    const { now, advance } = Object(await readJson(c)) as Readonly<Record<string, unknown>>
    if ((now === undefined) === (advance === undefined)) return refuse(c, CLOCK_BODY)
    try {
      // Both read their text or number themselves, and refuse anything else.
      if (advance === undefined) clock.set(now === null ? undefined : (now as string))
      else clock.advance(advance as string)
      return time(c)
    } catch (error) {
      if (EmulatorError.is(error)) return refuse(c, error.message)
      throw error
    }
  })

  return app
}

function refuse(c: Context, message: string): Response {
  return c.json({ error: { message } }, 400)
}

async function readJson(c: Context): Promise<unknown> {
  try {
    return await c.req.json()
  } catch {
    return undefined // Told to the caller as a body of the wrong form.
  }
}
