import { type CapiOptions, createCapi } from '@capi/core'

/** The shape of pino's methods. */
interface LogFn {
  (object: unknown, message?: string, ...rest: unknown[]): void
  (message: string, ...rest: unknown[]): void
}

interface Pino {
  readonly debug: LogFn
  readonly info: LogFn
  readonly warn: LogFn
  readonly error: LogFn
}

export function clientWithPino(pino: Pino, options: CapiOptions) {
  return createCapi({ ...options, logger: pino })
}
