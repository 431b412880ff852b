import { asFields } from '../field/fields.ts'
import { CapiConfigError } from '../issue/errors.ts'
import { isThenable } from '../runtime/attempt.ts'
import type { Scope } from './event-input.ts'

/**
 * What a request knows of its visitor, as plain data. It waits on your job queue, also across deployments, and
 * `capi.with(context)` takes it there.
 */
export interface SavedContext extends Scope {
  /**
   * The version of this format. `capi.with` reads no context of a version that it does not know: events under it are
   * dropped as `consent`.
   */
  readonly v: 1
  readonly action_source: 'website'
}

/** Raised when an older release would misread what a newer one saved: a renamed key, another meaning of one. */
const VERSION = 1

/** The same, marked for the release that reads it later. */
export function saved(scope: Omit<SavedContext, 'v'>): SavedContext {
  return { v: VERSION, ...scope }
}

/**
 * The fields of a scope, without the version of a saved one. Undefined for a version that is not known: nothing of it may
 * be believed, least of all that the visitor said yes.
 * @throws CapiConfigError for what is no object.
 */
export function readSaved(scope: Scope): Scope | undefined {
  demandScope(scope)
  if (!isSaved(scope)) return scope
  const { v = VERSION, ...fields } = scope as Scope & { readonly v?: unknown }
  return v === VERSION ? fields : undefined
}

/** Whether a scope is what a request saved, in whatever version. */
export function isSaved(scope: Scope): boolean {
  return 'v' in scope
}

/** Read as a scope without fields, the JSON text of a context, or its promise, would turn a refusal into a yes. */
function demandScope(scope: unknown): void {
  if (asFields(scope) !== undefined && !isThenable(scope)) return
  throw new CapiConfigError(
    'config_invalid',
    'with() takes a scope, an object such as { user_data }: parse a saved context that is JSON text, and await one that is loaded.',
  )
}
