import { describe, expect, it } from 'vitest'
import { buildEvent, type EventInput } from '../../src/index.ts'
import amounts from '../../vectors/amount-vectors.json' with { type: 'json' }
import events from '../../vectors/event-vectors.json' with { type: 'json' }
import { revive } from './revive.ts'

const now = Date.UTC(2026, 10, 28, 12)
const base = {
  event_name: 'Lead',
  action_source: 'website',
  event_source_url: 'https://shop.example/',
  user_data: { em: 'anna@example.com', client_user_agent: 'UA/1' },
}

interface EventVector {
  readonly ruling: string
  readonly name: string
  readonly event: { readonly user_data?: object }
  readonly sent: Readonly<Record<string, unknown>> | null
  readonly issues: readonly string[]
}

function build(more: { readonly user_data?: object }) {
  const user_data = { ...base.user_data, ...more.user_data }
  const input = { ...base, ...more, user_data } as unknown as EventInput
  const { event, issues } = buildEvent(input, { nowMs: now, newEventId: () => 'random' })
  return { event, found: issues.map(({ path, code }) => `${path}:${code}`) }
}

describe('events', () => {
  it.each(events as readonly EventVector[])('$ruling: $name', ({ event: given, sent, issues }) => {
    const { event, found } = build(revive(given) as EventVector['event'])
    expect(found).toEqual(issues)
    if (sent === null) expect(event).toBeUndefined()
    else expect(event).toMatchObject(sent)
    for (const issue of issues) {
      const key = /^user_data\.(\w+):/.exec(issue)?.[1]
      if (key !== undefined) expect(event?.user_data).not.toHaveProperty(key)
    }
  })
})

describe('amounts', () => {
  it.each(amounts)('$text beside $currency is $value', ({ text, currency, value, issues }) => {
    const { event, found } = build({ custom_data: { value: text, currency } } as object)
    expect(event?.custom_data?.['value'] ?? null).toBe(value)
    expect(found).toEqual(issues)
  })
})
