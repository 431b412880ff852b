/** Work that may pause where it yields. */
export type Steps<T> = Generator<undefined, T, undefined>

/** Between two slices calls are answered; a report of 10,000 events takes some dozens of slices. */
const SLICE_MS = 8

/** How many events a loop takes between two pauses. */
const STRIDE = 200

export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The same, while others run in between. */
export async function inSlices<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const endMs = performance.now() + SLICE_MS
    do {
      const { done, value } = steps.next()
      if (done) return value
    } while (performance.now() < endMs)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Calls `take` for every item, and pauses now and then. */
export function* each<T>(items: Iterable<T>, take: (item: T) => void): Steps<void> {
  let left = STRIDE
  for (const item of items) {
    take(item)
    left -= 1
    if (left > 0) continue
    left = STRIDE
    yield
  }
}
