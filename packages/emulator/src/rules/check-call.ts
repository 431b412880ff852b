import { type Call, type Fault, isFields, isMissing, requiredFault } from './rule.ts'

/** Source: Meta, Conversions API > Using the API, read 2026-09. */
const MAX_EVENTS = 1_000

/** Under 23 characters, of them two letters. Source: Meta, Conversions API > Parameters, read 2026-09. */
const PARTNER_AGENT = /^(?=(?:[^a-z]*[a-z]){2}).{2,22}$/i

const DATA = "$['data']"

export function checkBodySize(call: Call): Fault | undefined {
  return call.isTooLarge ? { detail: 'The body is over 32 MiB.' } : undefined
}

export function checkToken(call: Call): Fault | undefined {
  return call.token === undefined
    ? { detail: 'The call carries no access token.', path: 'access_token' }
    : undefined
}

export function checkBody(call: Call): Fault | undefined {
  return call.body === undefined ? { detail: 'The body could not be read.' } : undefined
}

export function checkData(call: Call): Fault | undefined {
  const data = call.body?.['data']
  if (data === undefined) return requiredFault(DATA)
  if (!Array.isArray(data)) return { detail: `The parameter ${DATA} must be an array.`, path: DATA }
  if (data.length === 0) return { detail: `The parameter ${DATA} is empty.`, path: DATA }
  const index = data.findIndex((event) => !isFields(event))
  if (index === -1) return undefined
  const path = `${DATA}[${index}]`
  return { detail: `The parameter ${path} must be an object.`, path }
}

export function checkBatchSize(call: Call): Fault | undefined {
  const data = call.body?.['data']
  return Array.isArray(data) && data.length > MAX_EVENTS
    ? { detail: `The parameter ${DATA} holds more than ${MAX_EVENTS} events.`, path: DATA }
    : undefined
}

export function checkPartnerAgent(call: Call): Fault | undefined {
  const agent = call.body?.['partner_agent']
  if (isMissing(agent)) return undefined
  const path = "$['partner_agent']"
  return typeof agent === 'string' && PARTNER_AGENT.test(agent)
    ? undefined
    : { detail: `The parameter ${path} is too long, or has too few letters.`, path }
}
