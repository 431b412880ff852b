// One server of bench/overhead.mjs and of tools/bench, in a process of its own:
//   node bench/server.mjs [express|fastify] [without|module|down] [packages]
// `packages`: where the packages of another build lie.
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [platform = 'express', kind = 'module', packages = join(import.meta.dirname, '../..')] =
  process.argv.slice(2)
const require = createRequire(`${packages}/nest/package.json`)
require('reflect-metadata')
const { Controller, Get, Module, UseInterceptors } = require('@nestjs/common')
const { NestFactory } = require('@nestjs/core')
const { CapiModule, InjectCapi, TrackEvent } = require(`${packages}/nest/dist/index.cjs`)

class Shop {
  constructor(capi) {
    this.capi = capi
  }
  plain() {
    return { ok: true, items: [1, 2, 3] }
  }
  intercepted() {
    return { ok: true, items: [1, 2, 3] }
  }
  tracked() {
    return { ok: true, items: [1, 2, 3] }
  }
  async service() {
    await this.capi.track('Purchase', { value: 5, currency: 'EUR' })
    return { ok: true, items: [1, 2, 3] }
  }
}
const decorate = (name, ...decorators) => {
  const descriptor = Object.getOwnPropertyDescriptor(Shop.prototype, name)
  for (const one of decorators) one(Shop.prototype, name, descriptor)
  // A decorator may have put another function in the place of the method.
  Object.defineProperty(Shop.prototype, name, descriptor)
}
decorate('plain', Get('plain'))
// What Nest itself takes for any interceptor.
const nothing = { intercept: (_context, next) => next.handle() }
decorate('intercepted', UseInterceptors(nothing), Get('intercepted'))
if (kind !== 'without') {
  InjectCapi()(Shop, undefined, 0)
  decorate('service', Get('service'))
  const data = () => ({ value: 5, currency: 'EUR' })
  decorate('tracked', TrackEvent('Purchase', { data }), Get('tracked'))
}
Controller()(Shop)
const taken = () => Promise.resolve(Response.json({ events_received: 100 }))
const refused = () => Promise.reject(new TypeError('fetch failed'))
const options = {
  pixelId: '1234567890',
  accessToken: 'token',
  fetch: kind === 'down' ? refused : taken,
  logger: { warn() {}, error() {} },
  shutdownTimeoutMs: 0,
}
class AppModule {}
Module({
  imports: kind === 'without' ? [] : [CapiModule.forRoot(options)],
  controllers: [Shop],
})(AppModule)
let adapter = []
if (platform === 'fastify') {
  const { FastifyAdapter } = require('@nestjs/platform-fastify')
  adapter = [new FastifyAdapter()]
}
const app = await NestFactory.create(AppModule, ...adapter, { logger: false })
await app.listen(0, '127.0.0.1')
const server = app.getHttpServer()
// Longer than the turns of the others.
server.keepAliveTimeout = 600_000
const { port } = server.address()
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send({ port, cpuMs: (user + system) / 1_000 })
})
process.on('disconnect', () => process.exit())
process.send({ port })
