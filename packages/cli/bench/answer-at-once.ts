import { createServer } from 'node:http'

/**
 * A server on loopback that answers at once, as Meta would if it took no time: it counts the events by a scan of the bytes, and keeps
 * their ids where a run asks whether every row arrived once. In a process of its own: `node bench/answer-at-once.ts [ids]`.
 */
const keepsIds = process.argv[2] === 'ids'
const ids = new Map<string, number>()
const NEEDLE = Buffer.from('"event_name"')

const server = createServer((request, response) => {
  const parts: Buffer[] = []
  let events = 0
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const body = Buffer.concat(parts)
    response.setHeader('content-type', 'application/json')
    if (request.url === '/ids') {
      const repeated = [...ids.values()].filter((times) => times > 1).length
      response.end(JSON.stringify({ ids: ids.size, repeated }))
      return
    }
    if (keepsIds) {
      const { data } = JSON.parse(body.toString()) as { data: { event_id: string }[] }
      events = data.length
      for (const { event_id } of data) ids.set(event_id, (ids.get(event_id) ?? 0) + 1)
    } else for (let at = body.indexOf(NEEDLE); at >= 0; at = body.indexOf(NEEDLE, at + 1)) events++
    response.end(`{"events_received":${events},"messages":[],"fbtrace_id":"A"}`)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' ? address?.port : undefined)
})
process.once('disconnect', () => process.exit(0))
