import { Inject } from '@nestjs/common'

/** Within one module: the network of a test, or null. */
export const RECORDING = Symbol.for('@capi/nest.recording')

/**
 * The injection token of a client; `name` as given to `CapiModule`. A `Symbol.for`, so that the ESM and the
 * CommonJS copy of this package name the same thing.
 * @example
 * Test.createTestingModule({ imports: [AppModule] }).overrideProvider(getCapiToken()).useValue(capi)
 */
export function getCapiToken(name?: string): symbol {
  return Symbol.for(name === undefined ? '@capi/nest.client' : `@capi/nest.client:${name}`)
}

/** The token of what `CapiModule.forTesting({ name })` records. */
export function getCapiRecorderToken(name?: string): symbol {
  return Symbol.for(name === undefined ? '@capi/nest.recorder' : `@capi/nest.recorder:${name}`)
}

/**
 * Injects the `CapiService` of this name: `constructor(@InjectCapi() private readonly capi: CapiService)`.
 * @example
 * constructor(@InjectCapi('shop-b') private readonly capi: Capi) {}
 */
export function InjectCapi(name?: string): PropertyDecorator & ParameterDecorator {
  return Inject(getCapiToken(name))
}
