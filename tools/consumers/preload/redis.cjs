// Loaded before a snippet that names Redis' usual port: takes the server of REDIS_URL instead.
const { Socket } = require('node:net')

const { hostname: host, port } = new URL(process.env.REDIS_URL)
const ofSocket = Socket.prototype
const original = Reflect.get(ofSocket, 'connect')
ofSocket.connect = function (...args) {
  // `net.connect` passes its arguments on as one array.
  const [options] = args.flat()
  if (options?.port === 6379) Object.assign(options, { host, port: Number(port) })
  return original.apply(this, args)
}
