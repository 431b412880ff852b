/**
 * What a callback of the application's returns, or undefined when it throws: a pixel must not cost a request.
 * A promise where a plain value belongs is no answer, and its rejection must not end the process.
 */
export function attempt<T>(call: () => T): T | undefined {
  try {
    const result: unknown = call()
    if (!(result instanceof Promise)) return result as T
    result.catch(() => {})
  } catch {
    // Nothing to report to: what was thrown may hold personal data.
  }
  return undefined
}
