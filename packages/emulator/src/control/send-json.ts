const HEADERS = { 'content-type': 'application/json' }

/** Items that are written in one go; a list of 10,000 events is 10 MB of text. */
const STRIDE = 100

/** The object as JSON. Long lists in it are written piece by piece, and calls are answered in between. */
export function sendJson(body: Readonly<Record<string, unknown>>): Response {
  const isLong = Object.values(body).some(isLongList)
  if (!isLong) return Response.json(body)
  const pieces = piecesOf(body)
  const encoder = new TextEncoder()
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setImmediate(resolve))
      const { done, value } = pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
  })
  return new Response(stream, { headers: HEADERS })
}

function* piecesOf(body: Readonly<Record<string, unknown>>): Generator<string> {
  let sign = '{'
  for (const [key, value] of Object.entries(body)) {
    if (value === undefined) continue
    yield `${sign}${JSON.stringify(key)}:`
    sign = ','
    if (isLongList(value)) yield* listPieces(value)
    else yield JSON.stringify(value)
  }
  yield '}'
}

function* listPieces(list: readonly unknown[]): Generator<string> {
  for (let start = 0; start < list.length; start += STRIDE) {
    const text = JSON.stringify(list.slice(start, start + STRIDE))
    yield (start === 0 ? '[' : ',') + text.slice(1, -1)
  }
  yield ']'
}

function isLongList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > STRIDE
}
