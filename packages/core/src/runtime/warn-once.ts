import { attempt } from './attempt.ts'
import type { Logger } from './logger.ts'

/** Logs a warning the first time its code comes up: for each `topic`, where several things share the code. */
export type WarnOnce = (code: string, text: string, topic?: string) => void

/**
 * Warnings of an adapter, each logged once: what happened and what to do, the code last. A logger that throws fails nothing.
 * @param prefix stands before each line.
 * @internal
 */
export function warnOnce(logger: Logger, prefix = ''): WarnOnce {
  const logged = new Set<string>()
  return (code, text, topic = '') => {
    const key = `${code} ${topic}`
    if (logged.has(key)) return
    logged.add(key)
    attempt(() => logger.warn(`${prefix}${text} Logged once (${code}).`))
  }
}
