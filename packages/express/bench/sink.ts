// Meta's stand-in for bench/run.ts: takes everything, after so many milliseconds. node bench/sink.ts <delayMs>
import { createServer } from 'node:http'

const delayMs = Number(process.argv[2] ?? 0)
const server = createServer((req, res) => {
  let size = 0
  let events = 0
  req.on('data', (chunk: Buffer) => {
    size += chunk.length
    events += chunk.toString('latin1').split('"event_name"').length - 1
  })
  req.on('end', () => {
    const answer = JSON.stringify({ events_received: events, size })
    setTimeout(() => res.setHeader('Content-Type', 'application/json').end(answer), delayMs)
  })
})
server.listen(0, '127.0.0.1', () => process.send?.(server.address()))
process.on('message', () => process.send?.(server.address()))
process.on('disconnect', () => process.exit(0))
