const EVERY_MS = 1_000

/**
 * A body that comes one byte at a time: a caller without a deadline for it waits for minutes.
 * @param request ends it by its signal, which Node passes on only while somebody holds the Request:
 *   here the timer does
 */
export function drip(
  text: string,
  everyMs: number = EVERY_MS,
  request?: Request,
): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  let next = 0
  let timer: ReturnType<typeof setInterval>

  return new ReadableStream({
    start(controller) {
      timer = setInterval(() => {
        if (next < bytes.length) return controller.enqueue(bytes.subarray(next, ++next))
        clearInterval(timer)
        controller.close()
      }, everyMs)
      request?.signal.addEventListener(
        'abort',
        () => {
          clearInterval(timer)
          controller.error(request.signal.reason)
        },
        { once: true },
      )
    },
    cancel: () => clearInterval(timer),
  })
}
