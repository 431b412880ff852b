/** A cell or an argument: text, but for lists and objects, which are written as JSON. */
export function writtenValue(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** Sets `['user_data', 'em']` of an event that is being made; objects on the way are made too. */
export function setPath(
  event: Record<string, unknown>,
  path: readonly string[],
  value: unknown,
): void {
  let at = event
  for (const name of path.slice(0, -1)) {
    const inner = Object.hasOwn(at, name) ? at[name] : undefined
    const next = typeof inner === 'object' && inner !== null ? inner : {}
    Object.defineProperty(at, name, {
      value: next,
      enumerable: true,
      configurable: true,
      writable: true,
    })
    at = next as Record<string, unknown>
  }
  Object.defineProperty(at, path.at(-1) ?? '', {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  })
}
