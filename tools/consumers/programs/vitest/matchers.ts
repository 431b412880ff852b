import '@capi/emulator/vitest'
import { connectEmulator, createEmulator, startEmulator } from '@capi/emulator'
import { expect, it } from 'vitest'

const PIXEL = '1234567890'
const lead = {
  event_name: 'Lead',
  event_time: Math.floor(Date.now() / 1000),
  event_id: 'lead.1',
  action_source: 'system_generated',
  user_data: { em: '8c87b489ce35cf2e2f39f80e282cb2e804932a56a213983eeeb428407d43b52d' },
}

async function emulatorWithLead() {
  const emulator = createEmulator()
  const response = await emulator.fetch(`https://graph.facebook.com/v27.0/${PIXEL}/events`, {
    method: 'POST',
    headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
    body: JSON.stringify({ data: [lead] }),
  })
  expect(response.status).toBe(200)
  return emulator
}

it('runs the matchers, and their messages', async () => {
  const emulator = await emulatorWithLead()
  expect(emulator).toHaveReceived('Lead')
  expect(emulator).toHaveReceived('Lead', { event_id: 'lead.1' })
  expect(emulator).not.toHaveReceived('Purchase')
  expect(emulator).not.toHaveDeduplicated('lead.1')
  expect(createEmulator()).toHaveNoDiagnostics({ severity: 'high' })
  expect(() => expect(emulator).toHaveReceived('Purchase')).toThrow('What did arrive (1)')
})

it('waits for an event of another process, and fails when none comes', async () => {
  await using emulator = await startEmulator({ port: 0 })
  const connected = connectEmulator(emulator.url, { pixelId: PIXEL, timeoutMs: 15_000 })
  const received: unknown = expect(connected).toHaveReceivedOnce('Lead')
  await fetch(`${emulator.url}/tr?id=${PIXEL}&ev=Lead`)
  await received
  const impatient = connectEmulator(emulator.url, { timeoutMs: 1 })
  const failing = async () => expect(impatient).toHaveReceived('Purchase')
  await expect(failing()).rejects.toThrow('What did arrive (1)')
})

it('gives a promise after resolves', async () => {
  const asserted: Promise<void> = expect(emulatorWithLead()).resolves.toHaveReceived('Lead')
  await asserted
})

/** Never called: what must not compile. */
export function refused(): void {
  const emulator = createEmulator()
  // @ts-expect-error a name is text
  expect(emulator).toHaveReceived(1)
  // @ts-expect-error no such severity
  expect(emulator).toHaveNoDiagnostics({ severity: 'huge' })
  // @ts-expect-error no such matcher
  expect(emulator).toHaveRecieved('Lead')
}
