import { classify, createCapi, eventIdFrom, hashUserData, normalizeField } from '@capi/core'
import { CASES, type Case, NOW_MS } from './cases.ts'

/** What came of each input, by its name. */
export type Outcomes = Readonly<Record<string, string>>

/** One entry of a file in core's `vectors`, whatever it is of. */
export type Vector = Readonly<Record<string, unknown>>

/** Every input of the list and of core's vectors, as this runtime sends it. */
export async function allOutcomes(vectors: Readonly<Record<string, Vector>>): Promise<Outcomes> {
  const outcomes: Record<string, string> = { 'event id': eventIdFrom('order', 1001, 'é') }
  for (const one of CASES) outcomes[one.name] = await bytesOf(one)
  for (const [name, vector] of Object.entries(vectors)) outcomes[name] = ofVector(name, vector)
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
  await capi.send(event as never).catch((error) => found.push(error.code))
  return [body, ...found].join('\n')
}

function ofVector(name: string, { field, input, context, ...rest }: Vector): string {
  if (typeof field === 'string') {
    const known = { now: NOW_MS, ...contextOf(context) }
    const normalized = normalizeField(field as never, input as never, known)
    return JSON.stringify([normalized, hashUserData({ [field]: input } as never, known)])
  }
  if (typeof rest['verdict'] === 'string') {
    const { phase = 'answered', status, headers = {}, body = '', code } = rest
    const outcome = phase === 'answered' ? { status, headers, body, sent: 2 } : { code }
    return JSON.stringify(classify({ phase, ...outcome } as never))
  }
  throw new Error(`${name}: tools/runtimes/cases/to-bytes.ts does not know this kind of vector`)
}

function contextOf(context: unknown): object {
  if (typeof context !== 'string') return {}
  return context.startsWith('default country') ? { phoneCountry: 'US' } : { country: context }
}
