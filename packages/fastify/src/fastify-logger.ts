import type { CapiOptions } from '@capi/core'
import type { FastifyBaseLogger } from 'fastify'

/** Fastify's logger; undefined where Fastify logs nothing (`logger: false`, its default): the console is used then. */
export function fastifyLogger(log: Partial<FastifyBaseLogger>): CapiOptions['logger'] {
  if (log.level === undefined) return undefined
  return { warn: (line) => log.warn?.(line), error: (line) => log.error?.(line) }
}
