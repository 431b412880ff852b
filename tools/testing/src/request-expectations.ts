import { expect } from 'vitest'
// @boundaries-ignore types only: a dependency on core would be a cycle, its tests use this package
import type { Scope } from '../../../packages/core/src/event/event-input.ts'
import { type Expected, type Match, VISITED } from './request-cases/request-case.ts'

/** A context, as the table writes it. */
export function flatContext({ user_data, ...scope }: Scope) {
  return {
    url: scope.event_source_url ?? null,
    referrer: scope.referrer_url ?? null,
    ip: user_data?.client_ip_address ?? null,
    agent: user_data?.client_user_agent ?? null,
    fbc: user_data?.fbc ?? null,
    fbp: user_data?.fbp ?? null,
    consent: scope.consent,
  }
}

export function matchersOf({ consent, cookies: _cookies, ...expected }: Expected) {
  const { cookies: _none, ...unremarkable } = VISITED
  const matches: Record<string, Match> = { ...unremarkable, ...expected }
  return {
    ...Object.fromEntries(Object.entries(matches).map(([key, match]) => [key, matcher(match)])),
    consent,
  }
}

export function matcher(match: Match): unknown {
  return match instanceof RegExp ? expect.stringMatching(match) : match
}
