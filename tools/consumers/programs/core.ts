import assert from 'node:assert/strict'
import { buildEvent, createCapi, type Receipt, type UserDataInput } from '@capi/core'
import { assertOneEvent, EMAIL, runProgram, startEmulator } from './one-event.js'

runProgram(async () => {
  const { emulator, options } = await startEmulator()
  const capi = createCapi(options)
  const user_data: UserDataInput = { em: EMAIL, client_user_agent: 'Mozilla/5.0 Test' }
  const event = {
    event_id: 'order.1001',
    action_source: 'website',
    event_source_url: 'https://shop.example/thank-you',
    user_data,
  } as const
  assert.deepEqual(buildEvent({ event_name: 'Lead', ...event }).issues, [])
  const purchase = { value: 12.5, currency: 'EUR' } as const
  const receipt: Receipt = await capi.track('Purchase', purchase, event)
  assert.equal(receipt.outcome, 'accepted')
  // @ts-expect-error What Meta would refuse does not compile: the types have arrived too.
  assert.equal((await capi.track('Purchase', {}, event)).outcome, 'dropped')

  await capi.close()
  await assertOneEvent(emulator, 'Purchase', 'order.1001')
  assert.equal((await capi.stats()).delivered, 1)
  await emulator.close()
})
