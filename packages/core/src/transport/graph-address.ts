import { demand } from '../option/demand.ts'
import { toMetaAddress } from '../option/meta-address.ts'
import { DEFAULT_API_VERSION } from './graph-versions.ts'

const DEFAULT_BASE_URL = 'https://graph.facebook.com'

/** The two options that say where Graph is, checked and filled in. @throws CapiConfigError naming the option. */
export function graphAddress(given: {
  readonly apiVersion?: string | undefined
  readonly baseUrl?: string | undefined
}): { readonly apiVersion: string; readonly baseUrl: string } {
  const apiVersion = given.apiVersion ?? DEFAULT_API_VERSION
  demand(
    /^v\d{1,3}\.\d$/.test(apiVersion),
    'apiVersion',
    `must look like '${DEFAULT_API_VERSION}' (META_GRAPH_API_VERSION)`,
  )
  const baseUrl = toMetaAddress(given.baseUrl ?? DEFAULT_BASE_URL, {
    option: 'baseUrl',
    secret: 'the access token',
    variable: 'CAPI_BASE_URL',
  })
  return { apiVersion, baseUrl }
}
