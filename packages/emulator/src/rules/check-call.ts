import { type Call, type Fault, isFields, requiredFault } from './rule.ts'

/** Source: Meta, Conversions API > Using the API, read 2026-09. */
const MAX_EVENTS = 1_000

const DATA = "$['data']"

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
