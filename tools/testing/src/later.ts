/** A promise that is resolved from outside. */
export function later<T>(): {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
} {
  let settle: (value: T) => void = () => {}
  const promise = new Promise<T>((resolve) => {
    settle = resolve
  })
  return { promise, resolve: (value) => settle(value) }
}
