/** What `make` gives, made at the first use: an import pays for no table. */
/* @__NO_SIDE_EFFECTS__ */
export function lazy<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/**
 * A pattern of Unicode classes. V8 checks each such literal when it reads the file, which takes as long as reading 2 to 5 kB of
 * code, so it gets a text.
 */
/* @__NO_SIDE_EFFECTS__ */
export function lazyPattern(source: string, flags = 'u'): () => RegExp {
  return lazy(() => new RegExp(source, flags))
}
