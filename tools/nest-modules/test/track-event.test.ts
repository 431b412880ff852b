import 'reflect-metadata'
import { CapiModule, CapiRecorder, TrackEvent } from '@capi/nest'
import { hasRedis, startRedis } from '@capi/testing'
import { BullModule, Processor, WorkerHost } from '@nestjs/bullmq'
import { Controller, Get, Injectable, Logger, Module, Scope } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import {
  Command,
  CommandBus,
  CommandHandler,
  CqrsModule,
  EventBus,
  EventsHandler,
  Query,
  QueryBus,
  QueryHandler,
} from '@nestjs/cqrs'
import { EventEmitter2, EventEmitterModule, OnEvent } from '@nestjs/event-emitter'
import { Cron, Interval, ScheduleModule, Timeout } from '@nestjs/schedule'
import { type Job, Queue } from 'bullmq'
import { expect, it, onTestFinished, vi } from 'vitest'

interface Person {
  readonly id: number
}

/** Where there is no request. */
const JOB = {
  scope: () => ({ action_source: 'system_generated' as const }),
  user: (person: Person) => ({ external_id: person.id }),
  eventId: (person: Person) => person.id,
}

@Injectable()
class Listeners {
  @OnEvent('registered')
  @TrackEvent('CompleteRegistration', JOB)
  registered(person: Person) {
    return person
  }

  @TrackEvent('Lead', JOB)
  @OnEvent('asked', { async: true })
  async asked(person: Person) {
    await Promise.resolve()
    return person
  }

  @OnEvent('failed', { suppressErrors: true })
  @TrackEvent('Contact', JOB)
  failed(): Promise<Person> {
    return Promise.reject(new Error('on purpose'))
  }
}

@Injectable()
class Tasks {
  @Timeout(10)
  @TrackEvent('Subscribe', { ...JOB, data: { value: 1, currency: 'EUR' } })
  timeout() {
    return { id: 101 }
  }

  @Interval('interval', 10)
  @TrackEvent('Schedule', JOB)
  interval() {
    return { id: 102 }
  }

  @Cron('* * * * * *')
  @TrackEvent('Donate', JOB)
  cron() {
    return Promise.resolve({ id: 103 })
  }
}

class Renew extends Command<Person> {
  readonly id = 201
}
class Find extends Query<Person> {
  readonly id = 202
}
class Renewed {
  readonly id = 203
}

@CommandHandler(Renew)
class RenewHandler {
  @TrackEvent('Subscribe', JOB)
  execute({ id }: Renew) {
    return Promise.resolve({ id })
  }
}

@QueryHandler(Find)
class FindHandler {
  @TrackEvent('ViewContent', JOB)
  execute({ id }: Find) {
    return Promise.resolve({ id })
  }
}

@EventsHandler(Renewed)
class RenewedHandler {
  @TrackEvent('Lead', JOB)
  handle({ id }: Renewed) {
    return { id }
  }
}

@Injectable({ scope: Scope.REQUEST })
class PerRequest {
  @OnEvent('per-request')
  @TrackEvent('Lead', JOB)
  perRequest(person: Person) {
    return person
  }
}

@Controller()
class Shop {
  @Get('page')
  @TrackEvent('ViewContent')
  page() {
    return 'page'
  }

  @OnEvent('of-controller')
  @TrackEvent('Contact', JOB)
  listen(person: Person) {
    return person
  }
}

@Processor('orders')
class Orders extends WorkerHost {
  @TrackEvent('OrderShipped', JOB)
  override process(job: Job<Person>) {
    return Promise.resolve(job.data)
  }
}

const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => {})
const lines = () => warn.mock.calls.map(([line]) => String(line))

async function start(imports: object[] = [], providers: object[] = []) {
  warn.mockClear()
  class AppModule {}
  Module({
    imports: [CapiModule.forTesting(), ...(imports as [])],
    controllers: [Shop],
    providers: providers as [],
  })(AppModule)
  const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false })
  await app.listen(0, '127.0.0.1')
  onTestFinished(async () => {
    await app.close()
  })
  const recorder = app.get(CapiRecorder)
  /** With the number of persons in each. */
  const ids = async (name: string) =>
    (await recorder.events(name)).map(({ event_id, user_data }) => [
      event_id,
      user_data.external_id?.length,
    ])
  return { app, recorder, ids }
}

it('tracks in listeners of @nestjs/event-emitter, of providers and controllers', async () => {
  const { app, ids, recorder } = await start([EventEmitterModule.forRoot()], [Listeners])
  const emitter = app.get(EventEmitter2)
  await emitter.emitAsync('registered', { id: 1 })
  await emitter.emitAsync('asked', { id: 2 })
  await emitter.emitAsync('failed', { id: 3 })
  await emitter.emitAsync('of-controller', { id: 4 })
  expect(await ids('CompleteRegistration')).toEqual([['1', 1]])
  await vi.waitFor(async () => expect(await ids('Lead')).toEqual([['2', 1]]))
  expect(await ids('Contact')).toEqual([['4', 1]])
  expect(await recorder.events()).toHaveLength(3)
  expect(lines()).toEqual([])
})

it('warns once of a listener that Nest makes for each event', async () => {
  const { app, ids } = await start([EventEmitterModule.forRoot()], [PerRequest])
  await app.get(EventEmitter2).emitAsync('per-request', { id: 1 })
  await app.get(EventEmitter2).emitAsync('per-request', { id: 2 })
  expect(await ids('Lead')).toEqual([])
  expect(lines()).toHaveLength(1)
  expect(lines()[0]).toContain("@TrackEvent('Lead') of PerRequest.perRequest tracks nothing")
})

it.each(['before', 'after'])(
  'tracks in tasks of @nestjs/schedule, imported %s CapiModule',
  async (order) => {
    const schedule = ScheduleModule.forRoot()
    class First {}
    Module({ imports: order === 'before' ? [schedule] : [] })(First)
    const imports = order === 'before' ? [First] : [schedule]
    const { ids } = await start(imports, [Tasks])
    await vi.waitFor(
      async () => {
        expect((await ids('Subscribe'))[0]).toEqual(['101', 1])
        expect((await ids('Schedule'))[0]).toEqual(['102', 1])
        expect((await ids('Donate'))[0]).toEqual(['103', 1])
      },
      { timeout: 5_000 },
    )
  },
)

it('tracks in handlers of @nestjs/cqrs', async () => {
  const handlers = [RenewHandler, FindHandler, RenewedHandler]
  const { app, ids } = await start([CqrsModule.forRoot()], handlers)
  expect(await app.get(CommandBus).execute(new Renew())).toEqual({ id: 201 })
  expect(await app.get(QueryBus).execute(new Find())).toEqual({ id: 202 })
  app.get(EventBus).publish(new Renewed())
  expect(await ids('Subscribe')).toEqual([['201', 1]])
  expect(await ids('ViewContent')).toEqual([['202', 1]])
  await vi.waitFor(async () => expect(await ids('Lead')).toEqual([['203', 1]]))
})

it.skipIf(!hasRedis())('tracks in processors of @nestjs/bullmq', async () => {
  const redis = await startRedis()
  onTestFinished(() => redis.stop())
  const connection = { host: redis.host, port: redis.port }
  const bull = [BullModule.forRoot({ connection }), BullModule.registerQueue({ name: 'orders' })]
  const { ids } = await start(bull, [Orders])
  const queue = new Queue('orders', { connection })
  await queue.add('ship', { id: 301 })
  await vi.waitFor(async () => expect(await ids('OrderShipped')).toEqual([['301', 1]]), 5_000)
  await queue.close()
})

it('tracks once on a route, also when the application calls the method', async () => {
  const { app, ids } = await start()
  expect(app.get(Shop).page()).toBe('page')
  await fetch(`${await app.getUrl()}/page`)
  expect(await ids('ViewContent')).toHaveLength(1)
})

it('tracks for each application that uses the class', async () => {
  for (const id of [1, 2]) {
    const { app, ids } = await start([EventEmitterModule.forRoot()], [Listeners])
    await app.get(EventEmitter2).emitAsync('registered', { id })
    expect(await ids('CompleteRegistration')).toEqual([[String(id), 1]])
    await app.close()
  }
})

it('tracks in a custom provider, and warns of a client that does not exist', async () => {
  @Injectable()
  class Elsewhere {
    @OnEvent('elsewhere')
    @TrackEvent('Lead', { ...JOB, client: 'brnd' })
    elsewhere(person: Person) {
      return person
    }
  }
  const { app, ids } = await start(
    [EventEmitterModule.forRoot()],
    [
      { provide: 'listeners', useFactory: () => new Listeners() },
      { provide: 'elsewhere', useValue: new Elsewhere() },
    ],
  )
  await app.get(EventEmitter2).emitAsync('registered', { id: 1 })
  await app.get(EventEmitter2).emitAsync('elsewhere', { id: 2 })
  expect(await ids('CompleteRegistration')).toEqual([['1', 1]])
  expect(lines()).toHaveLength(1)
  expect(lines()[0]).toContain('Elsewhere.elsewhere tracks nothing')
  expect(lines()[0]).toContain('brnd')
})
