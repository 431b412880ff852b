import {
  type Capi,
  CapiApiError,
  CapiError,
  CapiTimeoutError,
  CapiValidationError,
  type EventInput,
} from '@capi/core'

/** By class, as in any library. */
export async function byClass(capi: Capi, event: EventInput): Promise<string> {
  try {
    await capi.send(event)
    return 'sent'
  } catch (error) {
    if (error instanceof CapiValidationError) return error.issues.map(({ code }) => code).join()
    if (error instanceof CapiApiError)
      return `${error.status} ${error.metaCode} ${error.fbtrace_id}`
    if (error instanceof CapiTimeoutError) return 'again'
    throw error
  }
}

/** By code: also where the package is loaded twice. */
export async function byCode(capi: Capi, event: EventInput): Promise<string> {
  try {
    await capi.send(event)
    return 'sent'
  } catch (error) {
    if (!CapiError.is(error)) throw error
    switch (error.code) {
      case 'validation_failed':
        return error.issues.map(({ path }) => path).join()
      case 'api_error':
        return error.retryAfterMs === undefined ? 'refused' : `again in ${error.retryAfterMs} ms`
      case 'network_error':
      case 'timeout':
        return 'again'
      default:
        return error.code
    }
  }
}
