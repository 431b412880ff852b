import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { MODES } from '../../src/rules/judge.ts'
import { event, now, TOKEN } from '../support.ts'

/** A value of a person, which no answer may repeat. */
const SECRET = 'jane.q.public@example.com'

const value = fc.oneof(
  fc.constant(SECRET),
  fc.constantFrom('Purchase', 'AppendAttribution', 'app', 'business_messaging', 'whatsapp'),
  fc.jsonValue({ maxDepth: 3 }),
)
const part = fc.dictionary(
  fc.constantFrom(
    'em',
    'fbp',
    'lead_id',
    'page_id',
    'ctwa_clid',
    'value',
    'currency',
    'contents',
    'content_ids',
    'extinfo',
    'advertiser_tracking_enabled',
    'event_time',
    'ad_id',
    'access_token',
  ),
  fc.oneof(value, fc.array(fc.dictionary(fc.constantFrom('id', 'quantity'), value))),
)
const anyEvent = fc.dictionary(
  fc.constantFrom(
    'event_name',
    'event_time',
    'event_id',
    'action_source',
    'messaging_channel',
    'user_data',
    'custom_data',
    'app_data',
    'original_event_data',
    'attribution_data',
    'data_processing_options',
    'opt_out',
    '__proto__',
    'constructor',
  ),
  fc.oneof(value, part),
)

it('answers any call as Meta would, and repeats no value', { timeout: 30_000 }, async () => {
  const emulators = MODES.map((mode) => createEmulator({ now, mode, max: 10 }))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(anyEvent, value), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('partner_agent', 'test_event_code', 'x'), value),
      async (data, more) => {
        const events = data.map((one) =>
          typeof one === 'object' && one !== null && !Array.isArray(one) ? event({ ...one }) : one,
        )
        for (const emulator of emulators) {
          const response = await emulator.fetch('/v27.0/42/events', {
            method: 'POST',
            headers: { authorization: `Bearer ${TOKEN}` },
            body: JSON.stringify({ data: events, ...more }),
          })
          expect([200, 400]).toContain(response.status)
          const text = await response.text()
          expect(JSON.parse(text)).toHaveProperty(response.ok ? 'events_received' : 'error')
          expect(text).not.toContain('jane')
          expect(JSON.stringify(emulator.events().map(({ error }) => error))).not.toContain('jane')
        }
      },
    ),
    { numRuns: 150 },
  )
})
