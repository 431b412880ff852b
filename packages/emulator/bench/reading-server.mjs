import { createServer } from 'node:http'

// Reads each body to its end and keeps nothing: what the emulator's intake is compared with.
const server = createServer((incoming, outgoing) => {
  const chunks = []
  incoming.on('data', (chunk) => chunks.push(chunk))
  incoming.on('end', () => {
    outgoing.setHeader('content-type', 'application/json')
    outgoing.end(JSON.stringify({ bytes: Buffer.concat(chunks).length }))
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  console.log(`http://127.0.0.1:${port}`)
})
