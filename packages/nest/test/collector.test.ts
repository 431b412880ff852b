import { createCapi } from '@capi/core'
import {
  collect,
  collectorOptions,
  type NodeRequest,
  type NodeResponse,
  type ReadyCollectorOptions,
  serveNode,
  signEvent,
} from '@capi/core/collector'
import { createEmulator } from '@capi/emulator'
import { collectorBattery } from '@capi/testing'
import { All, Controller, Inject, Req, Res } from '@nestjs/common'
import { CapiModule, CapiService } from '../src/index.ts'
import { PLATFORMS, startApp } from './start-app.ts'

const OPTIONS = Symbol('options')

/** The README's, with options that each test chooses. */
@Controller('events')
class EventsController {
  readonly capi: CapiService
  readonly options: ReadyCollectorOptions
  constructor(
    @Inject(CapiService) capi: CapiService,
    @Inject(OPTIONS) options: ReadyCollectorOptions,
  ) {
    this.capi = capi
    this.options = options
  }

  @All()
  async take(@Req() req: NodeRequest & { ip?: string }, @Res() res: NodeResponse) {
    await serveNode(req, res, (request) =>
      collect(request, this.capi, { ...this.options, clientIp: req.ip }),
    )
  }
}

for (const platform of PLATFORMS)
  collectorBattery({
    name: `Nest on ${platform}`,
    readsBodies: platform === 'fastify',
    signEvent,
    async serve(options, consent) {
      const emulator = createEmulator()
      const client = createCapi({
        pixelId: '1234567890',
        accessToken: 'token',
        fetch: emulator.fetch,
        onIssue() {},
      })
      const { url } = await startApp({
        platform,
        imports: [CapiModule.forRoot({ client, consent, logger: options.logger })],
        controllers: [EventsController],
        providers: [{ provide: OPTIONS, useFactory: () => collectorOptions(options) }],
      })
      return {
        client,
        call: (init) => fetch(`${url}/events`, init),
        async sent() {
          await client.flush()
          return emulator.events().map(({ payload }) => payload)
        },
      }
    },
  })
