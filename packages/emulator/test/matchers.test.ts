import { describe, expect, it } from 'vitest'
import '../src/vitest.ts'
import { createEmulator } from '../src/index.ts'
import { matchers } from '../src/jest.ts'
import { FBP, scene } from './analysis/support.ts'
import { refusal } from './refusal.ts'
import { event, HASH, post } from './support.ts'

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
    expect(text).toContain('The browser half is missing: no browser event carries this event_id.')
    expect(text).not.toContain('server half')
    expect(messageOf(() => expect(emulator).toHaveDeduplicated('Order-1'))).toContain(
      'The server half is missing',
    )
    expect(messageOf(() => expect(emulator).toHaveDeduplicated('x'))).toContain(
      'No event carries it.',
    )
  })

  it('names the half that was refused, with the fix', async () => {
    const { emulator, browser, server } = scene()
    await browser({ eid: 'a' })
    await server({ event_id: 'a', action_source: 'web' })
    expect(messageOf(() => expect(emulator).toHaveDeduplicated('a'))).toMatch(
      /The server half was refused \(action_source_invalid\): .+/,
    )
  })
})

describe('toHaveReceivedOnce', () => {
  it('takes the two halves of a pair for one, whichever of them is asked for', async () => {
    const { emulator } = await paired()
    expect(emulator).toHaveReceivedOnce('PageView')
    expect(emulator).toHaveReceivedOnce('PageView', { source: 'server' })
    expect(emulator).not.toHaveReceivedOnce('Purchase')
    expect(messageOf(() => expect(emulator).not.toHaveReceivedOnce('PageView'))).toContain(
      'Expected not exactly one counted event to match {"event_name":"PageView"}, but this one did:\n  event 1',
    )
    expect(messageOf(() => expect(emulator).toHaveReceivedOnce('Purchase'))).toContain(
      'Expected exactly one counted event to match {"event_name":"Purchase"}.\n',
    )
  })

  it('fails where Meta counts two, and says why', async () => {
    const { emulator, browser, server } = scene()
    await browser({ eid: 'o20' })
    await server({ event_id: 'O20' })
    const text = messageOf(() => expect(emulator).toHaveReceivedOnce('PageView'))
    expect(text).toContain('but Meta would count 2:\n  event 1: browser PageView, processed')
    expect(text).toContain('their event_ids differ in capital letters')
  })

  it('counts one source that sends an id again twice, and no refused event', async () => {
    const { emulator, server } = scene()
    await server({ event_id: 'a' })
    await server({ event_id: 'b', action_source: 'web' })
    expect(emulator).toHaveReceivedOnce('PageView')
    await server({ event_id: 'a' })
    expect(emulator).not.toHaveReceivedOnce('PageView')
  })
})

describe('what did not arrive', () => {
  const failing = (emulator: object, partial: object = {}) =>
    messageOf(() => expect(emulator).toHaveReceived('Purchase', partial))

  it('is not taken for a call that was refused unread', async () => {
    const { emulator } = scene()
    expect(failing(emulator)).toContain('\nNothing arrived.')
    await post(emulator, '{"data": [')
    expect(failing(emulator)).toMatch(
      /\nNo event arrived; 1 call was refused: body_unreadable\n {2}call 1, POST \/v27\.0\/42\/events, HTTP 400: Unreadable body\. Send a JSON/,
    )
    await emulator.fetch('/v27.0/42/evnts', { method: 'POST', body: '{}' })
    expect(failing(emulator)).toContain('2 calls were refused: body_unreadable, path_unknown')
    await expect(emulator.waitForEvent({}, { timeoutMs: 1 })).rejects.toThrow(
      /No event arrived; 2 calls were refused/,
    )
  })

  it('comes with the fix of the rule that refused it, and not of its bystanders', async () => {
    const { emulator } = scene()
    const data = [event({ event_name: 'Purchase', action_source: 'web' }), event()]
    await post(emulator, { data })
    const text = failing(emulator)
    expect(text).toMatch(/\n {2}action_source_invalid: .+\. .+/)
    expect(text).not.toContain('batch_refused: ')
  })

  it.each([
    ['jane@example.com', [HASH], 'wanted plain text, got its SHA-256 hash: the value is right'],
    [' Jane@Example.com', HASH, 'wanted plain text, got its SHA-256 hash: the value is right'],
    ['joe@example.com', HASH, 'which is not that of this text'],
    [HASH, 'f'.repeat(64), 'wanted one SHA-256 hash, got another'],
    [HASH, undefined, 'wanted a value, got nothing'],
  ])('says what it can of %j against %j, and shows neither', async (wanted, em, said) => {
    const { emulator, server } = scene()
    const user_data = { em, external_id: 'customer-17' }
    await server({ event_name: 'Purchase', custom_data: { value: 1, currency: 'EUR' }, user_data })
    const text = failing(emulator, { user_data: { em: wanted } })
    expect(text).toContain(
      `user_data.em: ${said.startsWith('wanted') ? said : 'wanted plain text'}`,
    )
    expect(text).toContain(said)
    expect(text).not.toMatch(/j[ao]n?e@|8c87b489|ffff/i)
  })

  it('names a matcher of the test', async () => {
    const { emulator } = await paired()
    const text = failing(emulator, { custom_data: { value: expect.any(Number) } })
    expect(text).toContain('{"custom_data":{"value":"Any<Number>"},"event_name":"Purchase"}')
  })
})

describe('a number', () => {
  it('equals its text, as the comparison of a pair has it; an id of digits equals no other', async () => {
    const { emulator, browser } = scene()
    await browser({ ev: 'Purchase', 'cd[value]': '12', 'cd[currency]': 'EUR', 'cd[ref]': '007' })
    await browser({ ev: 'Purchase', 'cd[value]': '12.50', 'cd[ref]': '12345678901234567890' })
    expect(emulator).toHaveReceived('Purchase', { custom_data: { value: 12 } })
    expect(emulator).toHaveReceived('Purchase', { custom_data: { value: 12.5 } })
    for (const ref of [7, '7', '12345678901234567891']) {
      expect(emulator).not.toHaveReceived('Purchase', { custom_data: { ref } })
    }
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
