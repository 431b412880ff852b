// An application without a compiler: which copy of the package gives the module, and which the decorators?
import 'reflect-metadata'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const load = (how, name) => (how === 'require' ? require(name) : import(name))
const [moduleBy, decoratorsBy, platform] = process.argv.slice(2)

const { CapiModule, CapiRecorder, getCapiToken } = await load(moduleBy, '@capi/nest')
const {
  CapiModule: OtherModule,
  CapiContext,
  InjectCapi,
  SkipCapi,
  TrackEvent,
} = await load(decoratorsBy, '@capi/nest')
const { CapiHealthIndicator } = await load(decoratorsBy, '@capi/nest/health')
const { Controller, Get, Module } = await load(moduleBy, '@nestjs/common')
const { NestFactory } = await load(moduleBy, '@nestjs/core')
const { TerminusModule } = await load(moduleBy, '@nestjs/terminus')

class Shop {
  constructor(capi, health, other) {
    Object.assign(this, { capi, health, other })
  }
  async page(context) {
    const { outcome } = await this.other.track('Lead', {}, { event_id: 'lead.1' })
    const isSame = context.context.user_data.fbp === this.other.context.user_data.fbp
    return { isSame: isSame && context === this.capi.request, outcome }
  }
  skipped() {
    return this.health.isHealthy()
  }
}
/** As compilers do. */
const decorate = (method, ...decorators) => {
  const descriptor = Object.getOwnPropertyDescriptor(Shop.prototype, method)
  for (const one of decorators) one(Shop.prototype, method, descriptor)
  Object.defineProperty(Shop.prototype, method, descriptor)
}
InjectCapi()(Shop, undefined, 0)
InjectCapi('other')(Shop, undefined, 2)
Reflect.defineMetadata('design:paramtypes', [Object, CapiHealthIndicator, Object], Shop)
CapiContext()(Shop.prototype, 'page', 0)
decorate('page', TrackEvent('ViewContent', { eventId: () => 'view.1' }), Get('page'))
decorate('skipped', SkipCapi(), Get('skipped'))
Controller()(Shop)

class AppModule {}
Module({
  imports: [CapiModule.forTesting(), OtherModule.forTesting({ name: 'other' }), TerminusModule],
  controllers: [Shop],
  providers: [CapiHealthIndicator],
})(AppModule)

let adapter
if (platform === 'fastify') {
  const { FastifyAdapter } = await load(moduleBy, '@nestjs/platform-fastify')
  adapter = new FastifyAdapter()
}
const app = await NestFactory.create(AppModule, ...(adapter ? [adapter] : []), { logger: false })
await app.listen(0, '127.0.0.1')
const get = async (path) => {
  const response = await fetch((await app.getUrl()) + path, { headers: { accept: 'text/html' } })
  return { body: await response.json(), cookies: response.headers.getSetCookie().length }
}
const page = await get('/page')
const skipped = await get('/skipped')
const events = await app.get(CapiRecorder).events()
const hasToken = app.get(getCapiToken()) !== undefined
await app.close()
process.stdout.write(
  JSON.stringify({ page, skipped, hasToken, ids: events.map((event) => event.event_id) }),
)
