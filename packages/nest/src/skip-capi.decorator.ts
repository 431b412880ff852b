import { type CanActivate, UseGuards } from '@nestjs/common'
import { visitsOf } from './visits.ts'

/** A guard, because it runs before interceptors and knows the route; it lets everybody in. */
const skipGuard: CanActivate = {
  canActivate(context) {
    for (const visit of visitsOf(context)?.values() ?? []) visit.hosted.skip()
    return true
  },
}

/**
 * For a handler or a whole controller that is no visit, a health check for example: its requests set
 * no cookie, and what they track is dropped as `disabled`. A job that is given their `context` tracks nothing either. An event
 * whose `action_source` is not `website` is none of theirs, and is tracked: a payment webhook's, for example.
 * @example
 * @SkipCapi()
 * @Controller('health')
 * export class HealthController {}
 */
export function SkipCapi(): MethodDecorator & ClassDecorator {
  return UseGuards(skipGuard)
}
