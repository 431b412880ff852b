import { createServer } from 'node:http'

// The least a server can do: what the emulator's start is compared with.
const server = createServer((_incoming, outgoing) => outgoing.end('{}'))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  console.log(`http://127.0.0.1:${port}`)
})
