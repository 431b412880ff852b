import { createCapi, createFbp, optionsFromEnv } from '@capi/core'
import { findEmulator } from '../emulator/find-emulator.ts'
import { applyAssignments } from '../events/assignments.ts'
import type { Exit } from '../shell/exit-codes.ts'
import type { Terminal } from '../shell/terminal.ts'
import { SAMPLES } from './samples.ts'

/** What `capi trigger` takes beside the sample's name. */
export interface TriggerOptions {
  readonly set?: readonly string[]
  readonly pixelId?: string
  readonly baseUrl?: string
}

const PAGE = 'https://shop.example/cart'
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36'
const PERSON = {
  em: 'anna.muster@example.com',
  ph: '+41 79 123 45 67',
  fn: 'Anna',
  ln: 'Muster',
  country: 'ch',
}
/** As the emulator's own start names it. */
const PIXEL_ID = '1234567890'

/** Sends a sample to a running emulator: made-up people must never reach Meta. */
export async function trigger(
  terminal: Terminal,
  sample: string,
  { set = [], pixelId, baseUrl }: TriggerOptions,
): Promise<Exit> {
  const address = await findEmulator(terminal, baseUrl)
  const { pixelId: ofEnv } = optionsFromEnv(terminal.env)
  const dataset = pixelId ?? (typeof ofEnv === 'string' ? ofEnv : PIXEL_ID)
  const nowMs = Date.now()
  const visit = { fbp: createFbp(nowMs, Math.random), run: nowMs.toString(36) }
  const capi = createCapi({
    pixelId: dataset,
    accessToken: 'trigger',
    baseUrl: address,
    logger: { warn: terminal.say, error: terminal.say },
  })
  try {
    for (const { event_name, custom_data, isPaired } of SAMPLES[sample] ?? []) {
      const event: Record<string, unknown> = {
        event_name,
        event_id: `${event_name.toLowerCase()}.${visit.run}`,
        action_source: 'website',
        event_source_url: PAGE,
        user_data: {
          ...PERSON,
          fbp: visit.fbp,
          client_ip_address: '198.51.100.7',
          client_user_agent: AGENT,
        },
        ...(custom_data && { custom_data: { ...custom_data } }),
      }
      if (isPaired) await sendByPixel(address, dataset, { ...event, fbp: visit.fbp })
      applyAssignments(event, set)
      await capi.send(event as never)
      const { event_id } = event
      if (terminal.isJson)
        terminal.print(JSON.stringify({ event_name, event_id, browser: isPaired === true }))
      else
        terminal.print(
          `${event_name} ${String(event_id)}${isPaired ? '   browser and server' : ''}`,
        )
    }
  } finally {
    await capi.close()
  }
  terminal.say(`See it at ${address}/`)
  return 'ok'
}

/** The call that the Pixel makes. */
async function sendByPixel(
  address: string,
  id: string,
  event: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { event_name, event_id, fbp, custom_data = {} } = event
  const query = new URLSearchParams({
    id,
    ev: String(event_name),
    eid: String(event_id),
    fbp: String(fbp),
    dl: PAGE,
  })
  for (const [key, value] of Object.entries(Object(custom_data)))
    query.set(`cd[${key}]`, typeof value === 'string' ? value : JSON.stringify(value))
  await fetch(`${address}/tr?${query.toString()}`, { headers: { 'user-agent': AGENT } })
}
