/** One message of a stream of server-sent events. Source: WHATWG, HTML, Server-sent events, read 2026-11. */
export interface SentEvent {
  readonly name: string
  readonly data: string
  readonly id: string | undefined
}

/** The messages of a stream, as they come; comments are none. */
export async function* sentEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<SentEvent> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const part of body) {
    rest += decoder.decode(part, { stream: true })
    const blocks = rest.split(/\r?\n\r?\n/)
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = block.split(/\r?\n/)
      const fieldOf = (name: string) =>
        fields
          .find((field) => field.startsWith(`${name}:`))
          ?.slice(name.length + 1)
          .trim()
      const data = fields
        .filter((field) => field.startsWith('data:'))
        .map((field) => field.slice(5).trim())
      if (data.length > 0)
        yield { name: fieldOf('event') ?? 'message', data: data.join('\n'), id: fieldOf('id') }
    }
  }
}
