/** The promise's value, or another one when that takes too long. What it does later is not heard. */
export async function within<T, F>(timeoutMs: number, work: Promise<T>, late: F): Promise<T | F> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<F>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, timeoutMs), late)
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    clearTimeout(timer)
  }
}
