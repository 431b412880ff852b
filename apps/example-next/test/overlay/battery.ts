import { type CapiNext, type CapiNextOptions, createCapiNext } from '@capi/next'
import {
  CASE_HEADER,
  REQUEST_CASES,
  type RequestCase,
  type RequestSetup,
} from '@capi/testing/remote-cases'

const QUIET = { warn() {}, error() {} }
const instances = new Map<RequestSetup, CapiNext>()

/** The case that a request belongs to. */
export function caseOf(headers: Headers): RequestCase | undefined {
  const at = headers.get(CASE_HEADER)
  return at === null ? undefined : REQUEST_CASES[Number(at)]
}

/** What an application with the setup of this case would have. */
export function capiFor({ setup = {} }: RequestCase): CapiNext {
  const { trust, clientIp, ...others } = setup
  const known = instances.get(setup)
  const address = clientIp ?? (typeof trust === 'number' ? trust : undefined)
  const options = { logger: QUIET, ...others, ...(address !== undefined && { address }) }
  const capi = known ?? createCapiNext(options as CapiNextOptions)
  instances.set(setup, capi)
  return capi
}
