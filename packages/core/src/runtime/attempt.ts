/**
 * What a function of the caller's returns; when it throws, or returns a promise (an async one compiles
 * where a plain one is asked for, and its rejection would end the process), the fallback. For adapters: a
 * callback of the application's must never cost it a request.
 * @internal
 */
export function attempt<T, F = undefined>(call: () => T, fallback?: F): T | F {
  try {
    const result = call()
    if (!isThenable(result)) return result
    result.then(undefined, () => {})
  } catch {
    // Nothing to report to: what was thrown may hold personal data, or is the reporter's own.
  }
  return fallback as F
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  )
}
