import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { event, now, post, refusal, TOKEN } from '../support.ts'

const SECRET = 'secret-of-the-app'
const proofOf = (token: string, secret = SECRET) =>
  createHmac('sha256', secret).update(token).digest('hex')

it('asks for the proof of the app secret where one is configured', async () => {
  const emulator = createEmulator({ now, appSecret: SECRET })
  const send = (proof?: string) => post(emulator, { data: [event()], appsecret_proof: proof })
  expect((await send(proofOf(TOKEN))).status).toBe(200)
  for (const proof of [undefined, '', proofOf(TOKEN, 'other'), proofOf('other')]) {
    const refused = await refusal(await send(proof))
    expect(refused).toMatchObject({
      status: 400,
      rule: 'appsecret_proof_invalid',
      error: { code: 104 },
    })
    expect(refused.text).not.toContain(SECRET)
  }
  const query = await emulator.fetch(`/v27.0/42/events?appsecret_proof=${proofOf(TOKEN)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({ data: [event()] }),
  })
  expect(query.status).toBe(200)
  expect(JSON.stringify(emulator.calls())).not.toContain(proofOf(TOKEN))
  expect(
    (await post(createEmulator({ now }), { data: [event()], appsecret_proof: 'x' })).status,
  ).toBe(200)
})

it('says how much of its limits an app has used, on every answer', async () => {
  const emulator = createEmulator({ now })
  const answers = [await post(emulator, { data: [event()] }), await post(emulator, { data: [] })]
  for (const { headers } of answers) {
    expect(JSON.parse(headers.get('x-app-usage') ?? '')).toHaveProperty('call_count', 1)
  }
})
