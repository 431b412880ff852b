import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { inspect } from 'node:util'
import { refused } from '@capi/testing'
import { expect, it } from 'vitest'
import { type CapiOptions, memoryOutbox, sha256 } from '../src/index.ts'
import type { OutboxItem } from '../src/outbox.ts'
import { page, purchase, testWorld } from './test-world.ts'

/** What must be seen nowhere but in the request: the token, the secret, and what only people know. */
const CANARIES = [
  'canary-token',
  'canary-secret',
  'canary-key',
  'Canary.Mail@example.com',
  'canary.mail@example.com',
  '+41 79 555 12 34',
  '41795551234',
  'Canaryname',
  'canaryname',
  'canary-customer-77',
]

const person = {
  user_data: {
    em: 'Canary.Mail@example.com',
    ph: '+41 79 555 12 34',
    fn: 'Canaryname',
    external_id: 'canary-customer-77',
    client_user_agent: 'UA/1',
  },
}

const ANSWERS: readonly (Response | Error | 'hang')[] = [
  refused(400, { code: 100, error_subcode: 2804050, error_user_msg: 'Canary.Mail@example.com' }),
  refused(401, { code: 190, message: 'Invalid OAuth access token canary-token' }),
  new Response('<html>canary-token Canaryname</html>', { status: 502 }),
  new TypeError('fetch failed: canary-token', {
    cause: { code: 'ECONNREFUSED', token: 'canary-token' },
  }),
  new Error('canary-token Canaryname'),
  'hang',
]

/** Everything anybody could print, log or send on. */
function shown(things: readonly unknown[]): string {
  return things
    .flatMap((one) => [
      inspect(one, { depth: 12, showHidden: true, maxStringLength: null, maxArrayLength: null }),
      JSON.stringify(one) ?? '',
      one instanceof Error ? `${String(one)} ${one.stack ?? ''} ${inspect(one.cause)}` : '',
    ])
    .join('\n')
}

it.each<[string, CapiOptions]>([
  ['a token', { accessToken: 'canary-token', appSecret: 'canary-secret' }],
  ['a token function', { accessToken: () => 'canary-token' }],
  ['a token function that fails', { accessToken: () => Promise.reject(new Error('canary-token')) }],
  ['a Gateway', { gateway: { url: 'https://capig.example', accessKey: 'canary-key' } }],
])(
  'shows neither %s nor a person in any log, error, hook, channel or answer',
  async (_name, options) => {
    const { clock, network, logger, client } = testWorld()
    const seen: unknown[] = []
    const waiting: OutboxItem[] = []
    const hear = (message: unknown) => void seen.push(message)
    for (const name of ['capi:request', 'capi:settle']) subscribe(name, hear)
    const kept = memoryOutbox()
    const capi = client({
      ...options,
      outbox: {
        ...kept,
        put(items, time) {
          waiting.push(...items)
          return kept.put(items, time)
        },
      },
      onIssue: (...told) => void seen.push(told),
      onDropped: (drop) => void seen.push(drop),
      onDelivered: (batch) => void seen.push(batch),
    })
    const misplaced = {
      ...purchase,
      em: 'Canary.Mail@example.com',
      note: 'x',
      currency: 'Canaryname',
    }
    for (const answer of ANSWERS) {
      network.answer(answer instanceof Response ? answer.clone() : answer)
      seen.push(await capi.track('Purchase', misplaced as never, { ...page, ...person }))
      seen.push(await capi.track('Purchase', purchase, { ...page, ...person }))
      await clock.advance(700_000)
      network.answer(answer instanceof Response ? answer.clone() : answer)
      const sent = capi
        .send({ event_name: 'Lead', ...page, ...person } as never)
        .then((result) => seen.push(result))
        .catch((error: unknown) => seen.push(error))
      await clock.advance(20_000)
      await sent
    }
    seen.push(capi, await capi.stats(), await capi.deadLetters.list())
    const closed = capi.close()
    await clock.advance(20_000)
    seen.push(await closed, logger.warn.mock.calls, logger.error.mock.calls, waiting)
    for (const name of ['capi:request', 'capi:settle']) unsubscribe(name, hear)

    expect(seen.length).toBeGreaterThan(20)
    expect(logger.warn.mock.calls.length + logger.error.mock.calls.length).toBeGreaterThan(0)
    const text = shown(seen)
    for (const canary of CANARIES) expect(text, canary).not.toContain(canary)
    // The scan does see what is there.
    expect(text).toContain(sha256('canary.mail@example.com'))
    for (const request of network.requests) expect(request.url).not.toMatch(/canary/i)
  },
)
