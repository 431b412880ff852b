import { attempt } from './attempt.ts'

/** Where messages go. `console` fits. Messages hold no token and no personal data. */
export interface Logger {
  /** For what goes on with a loss or a delay. */
  warn(message: string): void
  /** For what a person has to fix. */
  error(message: string): void
}

/** The default: without it, a missing token or a lost event would pass unseen. */
export const consoleLogger: Logger = {
  warn: (message) => console.warn(message),
  error: (message) => console.error(message),
}

/** What a logger throws, or rejects with, is its own. */
export function guardedLogger(logger: Logger): Logger {
  return {
    warn: (message) => attempt(() => logger.warn(message)),
    error: (message) => attempt(() => logger.error(message)),
  }
}
