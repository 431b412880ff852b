import { type Capi, type CapiOptions, createCapi, type Tracker } from '@capi/core'
import { type CapturedEvent, createEmulator, type Emulator } from '@capi/emulator'
import type { CapiMiddleware } from '@capi/express'
import express from 'express'
import { serve } from './serve.ts'

/** Meta's refusal of an event for what it is. */
export const REFUSED = { type: 'error', status: 400, code: 100, error_subcode: 2804050 } as const

/** What a task or a mistake finds in place: Meta's stand-in, and a client of it. */
export interface Desk {
  readonly emulator: Emulator
  /** For clients of one's own. */
  readonly options: CapiOptions
  readonly capi: Capi
  /** Of a visitor of a website, with whom Meta can match something. */
  readonly web: Tracker
  /** Every line that was logged. */
  readonly log: readonly string[]
  /** Every loss: its reason, and what failed. */
  readonly drops: readonly string[]
  /** Puts a middleware in front of a route that tracks a Lead, and asks for it once. @returns the receipt */
  readonly visit: (middleware: CapiMiddleware) => Promise<unknown>
}

export function createDesk(): Desk {
  const emulator = createEmulator()
  const log: string[] = []
  const drops: string[] = []
  const note = (line: string) => void log.push(line)
  const options: CapiOptions = {
    ...emulator.options,
    batch: { maxWaitMs: 5 },
    logger: { warn: note, error: note },
    onDropped: ({ reason, cause }) =>
      void drops.push(cause === undefined ? reason : `${reason} (${cause.code})`),
  }
  const capi = createCapi(options)
  const web = capi.with({
    action_source: 'website',
    event_source_url: 'https://shop.example/',
    user_data: { external_id: 7, client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64)' },
  })
  return { emulator, options, capi, web, log, drops, visit }
}

async function visit(middleware: CapiMiddleware): Promise<unknown> {
  const app = express()
  app.use(middleware)
  app.get('/', async (req, res) => void res.json(await req.capi.track('Lead')))
  const receipt: unknown = await serve(app, async (request) => (await request('/')).json())
  await middleware.close()
  return receipt
}

/** What Meta has, in short. */
export function received(emulator: Emulator, ...keys: (keyof CapturedEvent)[]) {
  return emulator.events().map((event) => {
    const shown = ['event_name', 'event_id', 'status', ...keys] as const
    return Object.fromEntries(shown.map((key) => [key, event[key]]))
  })
}
