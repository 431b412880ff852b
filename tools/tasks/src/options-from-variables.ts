import { type CapiOptions, createCapi } from '@capi/core'

/** The application's own settings, each of which may be missing. */
interface Settings {
  readonly PIXEL?: string | undefined
  readonly TOKEN?: string | undefined
  readonly TEST_CODE?: string | undefined
  readonly COUNTRY?: string | undefined
}

export function clientOf(settings: Settings, options: CapiOptions) {
  return createCapi({
    ...options,
    pixelId: settings.PIXEL,
    accessToken: settings.TOKEN,
    testEventCode: settings.TEST_CODE,
    phoneCountry: settings.COUNTRY,
    timeoutMs: undefined,
    logger: undefined,
  })
}
