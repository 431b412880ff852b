import { asFields } from '../field/fields.ts'
import { attempt } from '../runtime/attempt.ts'

/** On the `user_data` of a request's scope, out of sight: spreading the scope keeps it, a queue or a database does not. */
const OF_REQUEST = Symbol.for('@capi/core.request-scope')
/** Where the events of a web request happen. */
const WEBSITE = 'website'

/** Marks what a request says of its visitor. */
export function ofRequest<S extends { readonly user_data?: object | undefined }>(scope: S): S {
  if (scope.user_data !== undefined)
    Object.defineProperty(scope.user_data, OF_REQUEST, { value: true })
  return scope
}

export function isOfRequest({ user_data }: { readonly user_data?: unknown }): boolean {
  return typeof user_data === 'object' && user_data !== null && OF_REQUEST in user_data
}

/** Whether an event under this scope says that it did not happen in the request. */
export function isElsewhere(event: unknown, scope: { readonly action_source?: unknown }): boolean {
  const source = attempt(() => asFields(event)?.['action_source']) ?? scope.action_source
  return source !== undefined && source !== WEBSITE
}

/** What stands under the events of a skipped request, and in what a job saves of it: they go to no pixel. Plain data. */
export const SKIPPED: { readonly pixelId: readonly string[] } = { pixelId: [] }

/** Whether nothing is sent where these pixels are named: there is a list, and it is empty. */
export function isSkipped(pixelIds: unknown): boolean {
  return Array.isArray(pixelIds) && pixelIds.length === 0
}
