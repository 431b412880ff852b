/** What a function of the application's gives; nothing when it throws, or is async where it must not be. */
export function attempt<T>(call: () => T): T | undefined {
  try {
    const result: unknown = call()
    if (!(result instanceof Promise)) return result as T
    result.catch(() => {})
  } catch {
    // A pixel must not cost an order.
  }
  return undefined
}
