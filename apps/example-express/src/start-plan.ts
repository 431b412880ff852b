export type Environment = Readonly<Record<string, string | undefined>>

export type Destination =
  | { readonly kind: 'emulator'; readonly port: number }
  | { readonly kind: 'server'; readonly url: string }
  | { readonly kind: 'meta'; readonly testEventCode: string | undefined }

export interface StartPlan {
  readonly destination: Destination
  readonly shopPort: number
  /** For `optionsFromEnv`: complete but for the address of an emulator that is still to be started. */
  readonly environment: Environment
}

export type StartPlanResult =
  | { readonly ok: true; readonly plan: StartPlan }
  | { readonly ok: false; readonly problem: string }

const EMULATOR_IDENTITY = { META_PIXEL_ID: '1234567890', META_CAPI_ACCESS_TOKEN: 'emulator-token' }

/** Decides from the environment alone where events go. Absent and empty CAPI_BASE_URL differ. */
export function planStart(given: Environment): StartPlanResult {
  const shopPort = parsePort(given['PORT'], 3000)
  if (shopPort === undefined) return portProblem('PORT')

  const url = given['CAPI_BASE_URL']
  if (url === '') return planMeta(given, shopPort)

  const environment = { ...given, ...EMULATOR_IDENTITY, ...ownIdentity(given) }
  if (url !== undefined) {
    return { ok: true, plan: { destination: { kind: 'server', url }, shopPort, environment } }
  }

  const port = parsePort(given['EMULATOR_PORT'], 2274)
  if (port === undefined) return portProblem('EMULATOR_PORT')
  return { ok: true, plan: { destination: { kind: 'emulator', port }, shopPort, environment } }
}

function planMeta(given: Environment, shopPort: number): StartPlanResult {
  const identity = ownIdentity(given)
  const missing = Object.keys(EMULATOR_IDENTITY).filter((name) => !(name in identity))
  if (missing.length > 0) {
    const problem =
      `CAPI_BASE_URL is empty, so events would go to Meta itself, but ${missing.join(' and ')} ` +
      `${missing.length === 1 ? 'is' : 'are'} not set. Set ${missing.length === 1 ? 'it' : 'both'}, ` +
      'or leave CAPI_BASE_URL out to use the local emulator.'
    return { ok: false, problem }
  }
  const testEventCode = given['META_TEST_EVENT_CODE'] || undefined
  const environment = { ...given, ...identity, CAPI_BASE_URL: undefined }
  return {
    ok: true,
    plan: { destination: { kind: 'meta', testEventCode }, shopPort, environment },
  }
}

function ownIdentity(given: Environment): Environment {
  const pixelId = given['META_PIXEL_ID'] || given['META_DATASET_ID']
  const token = given['META_CAPI_ACCESS_TOKEN']
  return {
    ...(pixelId && { META_PIXEL_ID: pixelId }),
    ...(token && { META_CAPI_ACCESS_TOKEN: token }),
  }
}

function parsePort(text: string | undefined, fallback: number): number | undefined {
  if (text === undefined || text === '') return fallback
  const port = Number(text)
  return Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : undefined
}

function portProblem(name: string): StartPlanResult {
  return { ok: false, problem: `${name} must be a whole number from 0 to 65535.` }
}
