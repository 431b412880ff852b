import { describe, expect, it } from 'vitest'
import '../src/vitest.ts'
import { createEmulator } from '../src/index.ts'
import { matchers } from '../src/jest.ts'
import { FBP, scene } from './analysis/support.ts'
import { refusal } from './refusal.ts'

async function paired() {
  const one = scene()
  await one.browser({ eid: 'a', fbp: FBP })
  await one.server({ event_id: 'a', user_data: { fbp: FBP, client_ip_address: '203.0.113.7' } })
  return one
}

const messageOf = (assertion: () => void): string => {
  try {
    assertion()
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  throw new Error('The assertion held.')
}

describe('toHaveReceived', () => {
  it('finds an event by name and by part', async () => {
    const { emulator } = await paired()
    expect(emulator).toHaveReceived('PageView')
    expect(emulator).toHaveReceived('PageView', { source: 'server', user_data: { fbp: FBP } })
    expect(emulator).not.toHaveReceived('Purchase')
  })

  it('reports the nearest event, and what came', async () => {
    const { emulator } = await paired()
    const text = messageOf(() => expect(emulator).toHaveReceived('PageView', { event_id: 'b' }))
    expect(text).toContain('event_id: wanted "b", got "a"')
    expect(text).toContain('What did arrive (2)')
    expect(messageOf(() => expect(emulator).not.toHaveReceived('PageView'))).toContain(
      'event 1: browser PageView',
    )
  })

  it('does not take a refused event for a received one', async () => {
    const { emulator, server } = scene()
    await server({ action_source: 'web' })
    expect(messageOf(() => expect(emulator).toHaveReceived('PageView'))).toContain(
      'refused (action_source_invalid)',
    )
  })
})

describe('toHaveDeduplicated', () => {
  it('finds a pair', async () => {
    const { emulator } = await paired()
    expect(emulator).toHaveDeduplicated('a')
    expect(emulator).not.toHaveDeduplicated('b')
    expect(messageOf(() => expect(emulator).not.toHaveDeduplicated('a'))).toContain(
      'Counted once by event_id',
    )
  })

  it('reports why there is none', async () => {
    const { emulator, browser, server } = scene()
    await browser({ eid: 'Order-1' })
    await server({ event_id: 'order-1' })
    const text = messageOf(() => expect(emulator).toHaveDeduplicated('order-1'))
    expect(text).toContain('event 2: server PageView, processed')
    expect(text).toContain('their event_ids differ in capital letters')
    expect(messageOf(() => expect(emulator).toHaveDeduplicated('x'))).toContain(
      'No event carries it.',
    )
  })
})

describe('toHaveNoDiagnostics', () => {
  it('holds where all is well', async () => {
    const { emulator } = await paired()
    expect(emulator).toHaveNoDiagnostics()
    expect(messageOf(() => expect(emulator).not.toHaveNoDiagnostics())).toContain('there are none')
  })

  it('lists what was found, from a severity up', async () => {
    const { emulator, server } = scene()
    await server({ event_name: 'Purchase', custom_data: { value: 'x', currency: '€' } })
    const text = messageOf(() => expect(emulator).toHaveNoDiagnostics({ severity: 'high' }))
    expect(text).toContain(
      'high  purchase_value_invalid: Purchase with an unusable value (1 of 1 events, custom_data.value)',
    )
    expect(text).not.toContain('currency_invalid')
    expect(messageOf(() => expect(emulator).toHaveNoDiagnostics())).toContain(
      'medium  currency_invalid',
    )
  })
})

describe('the matchers for Jest', () => {
  it('are plain functions that answer pass and message', async () => {
    const { emulator } = await paired()
    expect(matchers.toHaveReceived(emulator, 'PageView').pass).toBe(true)
    expect(matchers.toHaveDeduplicated(emulator, 'b').pass).toBe(false)
    expect(matchers.toHaveDeduplicated(emulator, 'b').message()).toContain('No event carries it.')
    expect(matchers.toHaveNoDiagnostics(emulator).pass).toBe(true)
  })

  it('say what they want', () => {
    expect(() => matchers.toHaveReceived({}, 'Lead')).toThrow(
      refusal('not_an_emulator', /an emulator/),
    )
    expect(() => matchers.toHaveReceived(createEmulator().events, 'Lead')).toThrow(
      refusal('not_an_emulator'),
    )
    const severity = 'hgih' as 'high'
    expect(() => matchers.toHaveNoDiagnostics(createEmulator(), { severity })).toThrow(
      refusal('option_invalid', /severity of toHaveNoDiagnostics must be one of high, medium, low/),
    )
  })
})
