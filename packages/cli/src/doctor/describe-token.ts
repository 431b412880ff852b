import type { GraphAnswer } from '@capi/core/quality'
import type { Finding } from './finding.ts'

const DAY_MS = 86_400_000
const SOON_MS = 14 * DAY_MS

const KINDS: Readonly<Record<string, string>> = {
  SYSTEM_USER: 'of a system user',
  USER: 'of a person',
  PAGE: 'of a Page',
  APP: 'of an application',
}

type Facts = Readonly<Record<string, unknown>>

/** Kind and end of the token. Source: Meta, Debug-Token, read 2026-11. */
export function describeToken(answer: GraphAnswer, nowMs: number): readonly Finding[] {
  const check = 'token'
  const facts = answer.ok ? factsIn(answer.body) : undefined
  if (facts === undefined) {
    return [
      {
        check,
        status: 'info',
        message: 'Meta does not say of which kind the token is, and when it ends.',
      },
    ]
  }
  if (facts['is_valid'] === false) {
    const fix = 'Make a new one in Events Manager, Settings.'
    return [
      { check, status: 'fail', message: 'Meta says the token is not valid.', fix, exit: 'access' },
    ]
  }
  const type = String(facts['type'])
  const kind = `The token is ${KINDS[type] ?? `of the kind ${type}`}`
  const endMs = Math.min(endOf(facts['expires_at']), endOf(facts['data_access_expires_at']))
  if (endMs - nowMs < SOON_MS) {
    const message = `${kind}, and ends on ${dayOf(endMs)}: from then on events wait, and are lost after seven days.`
    return [{ check, status: 'warn', message, fix: NEW_TOKEN }]
  }
  const end = endMs === Number.POSITIVE_INFINITY ? 'has no end' : `ends on ${dayOf(endMs)}`
  const isPersons = type === 'USER'
  return [
    {
      check,
      status: isPersons ? 'warn' : 'ok',
      message: `${kind}, and ${end}.${isPersons ? ' It ends with that person’s password or job.' : ''}`,
      ...(isPersons && { fix: NEW_TOKEN }),
    },
  ]
}

const NEW_TOKEN =
  'Make one without an end: Events Manager, Settings, or a system user of Business Manager.'

/** 0 is no end. Seconds. */
function endOf(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value * 1000 : Number.POSITIVE_INFINITY
}

function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10)
}

/** A batch of one: `[{ code, body }]`, whose body is JSON text with `data`. */
function factsIn(body: unknown): Facts | undefined {
  try {
    const [first] = body as readonly { readonly body: string }[]
    const { data } = JSON.parse(first?.body ?? '') as { readonly data?: Facts }
    return data?.['type'] === undefined ? undefined : data
  } catch {
    return undefined
  }
}
