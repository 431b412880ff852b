import { buildEvent, createCapi, eventIdFrom, hashUserData } from '@capi/core'
// @boundaries-ignore what core makes of an answer is no public name
import { classify } from '../../../packages/core/src/transport/classify.ts'
import { CASES, type Case, NOW_MS, person } from './cases.ts'
import { vectorValues } from './vector-values.ts'

/** What came of each input, by its name. */
export type Outcomes = Readonly<Record<string, string>>

const HASHED = ['em', 'ph', 'fn', 'ln', 'ct', 'st', 'zp', 'country', 'ge', 'db', 'external_id']

/** Every input of the list and of core's vectors, as this runtime sends it. */
export async function allOutcomes(vectors: Readonly<Record<string, string>>): Promise<Outcomes> {
  const outcomes: Record<string, string> = { 'event id': eventIdFrom('order', 1001, 'é') }
  for (const one of CASES) outcomes[one.name] = await bytesOf(one)
  for (const [file, json] of Object.entries(vectors)) {
    const { values, events, answers } = vectorValues(json)
    for (const [index, value] of values.entries())
      outcomes[`${file}, value ${index}`] = ofValue(value)
    for (const [index, event] of events.entries())
      outcomes[`${file}, event ${index}`] = await bytesOf({ name: '', event: eventOf(event) })
    for (const [index, answer] of answers.entries())
      outcomes[`${file}, answer ${index}`] = JSON.stringify(classify(attemptOf(answer)))
  }
  return outcomes
}

/** The body that leaves for Meta, and what was found on the way. */
async function bytesOf({ event, options }: Case): Promise<string> {
  let body = 'nothing was sent'
  const found: string[] = []
  const capi = createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    clock: { now: () => NOW_MS, tick: () => 0, after: () => () => {} },
    logger: { warn() {}, error() {} },
    onIssue: ({ path, code }) => found.push(`${path} ${code}`),
    fetch: async (_url, init) => {
      body = typeof init?.body === 'string' ? init.body : 'no text'
      return Response.json({ events_received: 1 })
    },
    ...options,
  })
  await capi.send({ event_id: 'id.1', ...event } as never).catch((error) => found.push(error.code))
  return [body.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'random id'), ...found].join(
    '\n',
  )
}

/** A value of a vector, read as every field. */
function ofValue(value: unknown): string {
  const hashed = HASHED.map((key) => hashUserData({ [key]: value } as never, { nowMs: NOW_MS }))
  const input = {
    ...person({ em: 'anna@example.com' }),
    event_time: value,
    custom_data: { value, currency: 'EUR', own: value },
  }
  const built = buildEvent(input as never, { nowMs: NOW_MS, newEventId: () => 'id.2' })
  return JSON.stringify([hashed, built])
}

function eventOf(event: Case['event']): Case['event'] {
  return { ...person({ em: 'anna@example.com' }), ...event }
}

function attemptOf(answer: Readonly<Record<string, unknown>>): Parameters<typeof classify>[0] {
  const { phase = 'answered', status, headers = {}, body = '', code } = answer
  const given = phase === 'answered' ? { status, headers, body, sent: 2 } : { code }
  return { phase, ...given } as never
}
