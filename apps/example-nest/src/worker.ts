import 'reflect-metadata'
import { NestFactory } from '@nestjs/core'
import { WorkerModule } from './worker.module.ts'

if (process.env['CAPI_OUTBOX'] !== 'postgres') {
  throw new Error('A worker shares its outbox with the shop: set CAPI_OUTBOX=postgres and PG_URL.')
}
const app = await NestFactory.createApplicationContext(WorkerModule)
app.enableShutdownHooks([], { useProcessExit: true })
console.log('Worker    delivers to Meta')
