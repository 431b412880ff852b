// A script without a server, which forgets to close what it opened.
import { CapiModule, CapiService } from '@capi/nest'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import 'reflect-metadata'

const [, , baseUrl] = process.argv
class AppModule {}
Module({ imports: [CapiModule.forRoot({ pixelId: '1234567890', accessToken: 'token', baseUrl })] })(
  AppModule,
)
const app = await NestFactory.createApplicationContext(AppModule, { logger: false })
const about = { event_id: 'lead.1', action_source: 'chat', user_data: { external_id: 1 } }
await app.get(CapiService).track('Lead', {}, about)
