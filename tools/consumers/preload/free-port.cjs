// Loaded before a snippet that listens on a fixed port: takes a free one instead, and tells the parent which.
const { Server } = require('node:net')

const ofServer = Server.prototype
const original = Reflect.get(ofServer, 'listen')
ofServer.listen = function (port, ...rest) {
  this.once('listening', () => process.send?.({ port: this.address().port }))
  // Fastify passes options.
  const where = typeof port === 'object' && port?.port !== undefined ? { ...port, port: 0 } : port
  return original.call(this, typeof port === 'number' ? 0 : where, ...rest)
}
