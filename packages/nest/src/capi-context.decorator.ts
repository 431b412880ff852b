import { CapiConfigError, type RequestTracker } from '@capi/core'
import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import { trackerAt } from './visits.ts'

/**
 * The request's tracker as a parameter of a handler: `@CapiContext() capi: RequestTracker`; with a name, that of a
 * named client. In a WebSocket gateway on the application's port, the tracker of the connection's handshake.
 * @example
 * @Post('contact')
 * contact(@CapiContext() capi: RequestTracker) {}
 * @throws CapiConfigError (`config_invalid`) where there is no web request: inject `CapiService` there.
 */
export const CapiContext: (name?: string) => ParameterDecorator = createParamDecorator(
  (name: string | undefined, context: ExecutionContext): RequestTracker => {
    const tracker = trackerAt(context, name)
    if (tracker !== undefined) return tracker
    throw new CapiConfigError(
      'config_invalid',
      context.getType() === 'http'
        ? '@capi/nest: this request has no tracker. Import CapiModule.forRoot() into the root module, with the name that @CapiContext() asks for.'
        : '@capi/nest: @CapiContext() is for web requests, and for gateways on the port of the application. Inject CapiService here.',
    )
  },
)
