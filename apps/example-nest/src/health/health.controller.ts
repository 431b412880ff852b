import { SkipCapi } from '@capi/nest'
import { CapiHealthIndicator } from '@capi/nest/health'
import { Controller, Get, Inject } from '@nestjs/common'
import { HealthCheckService } from '@nestjs/terminus'

/** Nobody's visit: no event, no cookie. */
@SkipCapi()
@Controller('health')
export class HealthController {
  readonly #health: HealthCheckService
  readonly #capi: CapiHealthIndicator

  constructor(
    @Inject(HealthCheckService) health: HealthCheckService,
    @Inject(CapiHealthIndicator) capi: CapiHealthIndicator,
  ) {
    this.#health = health
    this.#capi = capi
  }

  /** For the load balancer. */
  @Get()
  live(): string {
    return 'ok'
  }

  /** For a dashboard: whether events reach Meta is no reason to restart a shop. */
  @Get('meta')
  meta() {
    return this.#health.check([() => this.#capi.isHealthy('meta')])
  }
}
