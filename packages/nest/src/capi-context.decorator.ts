import { CapiConfigError, type RequestTracker } from '@capi/core'
import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import { visitsOf } from './visits.ts'

/**
 * The request's tracker as a parameter of a handler: `@CapiContext() capi: RequestTracker`; with a name, that of a
 * named client.
 * @example
 * @Post('contact')
 * contact(@CapiContext() capi: RequestTracker) {}
 * @throws CapiConfigError (`config_invalid`) where there is no web request: inject `CapiService` there.
 */
export const CapiContext: (name?: string) => ParameterDecorator = createParamDecorator(
  (name: string | undefined, context: ExecutionContext): RequestTracker => {
    const tracker = visitsOf(context)?.get(name ?? '')?.tracker
    if (tracker !== undefined) return tracker
    throw new CapiConfigError(
      'config_invalid',
      context.getType() === 'http'
        ? '@capi/nest: this request has no tracker. Import CapiModule.forRoot() into the root module, with the name that @CapiContext() asks for.'
        : '@capi/nest: @CapiContext() is for web requests. Inject CapiService here.',
    )
  },
)
