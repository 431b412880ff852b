import { attempt, errorName } from '@capi/core/adapter'
import { Inject, Injectable } from '@nestjs/common'
import { ModuleRef } from '@nestjs/core'
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus'
import type { CapiService } from './capi.service.ts'
import { getCapiToken } from './tokens.ts'

/**
 * Tells `@nestjs/terminus` how the delivery to Meta stands. For a dashboard or an alarm, not for a liveness probe:
 * an application that cannot reach Meta still sells.
 */
@Injectable()
export class CapiHealthIndicator {
  readonly #indicators: HealthIndicatorService
  readonly #modules: ModuleRef

  constructor(
    @Inject(HealthIndicatorService) indicators: HealthIndicatorService,
    @Inject(ModuleRef) modules: ModuleRef,
  ) {
    this.#indicators = indicators
    this.#modules = modules
  }

  /**
   * Down while a pixel is `paused`, its token or dataset refused, and while the outbox is away. It answers within `putTimeoutMs`. Up otherwise, also while Meta cannot be
   * reached, for then events wait. Beside it: what waits, what was dropped and why, how each pixel stands.
   * @param key what it is called in the answer.
   * @param options which client; where there is none of that name, it is down and says so.
   */
  async isHealthy(
    key = 'capi',
    options: {
      /** Name of the client; default: the one without a name. */
      readonly client?: string | undefined
    } = {},
  ): Promise<HealthIndicatorResult> {
    const indicator = this.#indicators.check(key)
    const { client } = options
    const capi = this.#client(client)
    if (capi === undefined) {
      return indicator.down(
        `no client ${client === undefined ? 'without a name' : `named '${client}'`}`,
      )
    }
    try {
      const { tracked, delivered, queued, dropped, outbox, pixels } = await capi.stats()
      const states = Object.entries(pixels).map(([pixelId, { state }]) => [pixelId, state] as const)
      const losses = Object.entries(dropped).filter(([, count]) => count > 0)
      const figures = {
        tracked,
        delivered,
        queued,
        dropped: Object.fromEntries(losses),
        outbox: outbox.state,
        ...(outbox.cause && { outboxCause: outbox.cause.code }),
        pixels: Object.fromEntries(states),
      }
      const isPaused = states.some(([, state]) => state === 'paused')
      // Nobody knows then what waits: that is no health.
      return isPaused || outbox.state === 'away' ? indicator.down(figures) : indicator.up(figures)
    } catch (error) {
      return indicator.down(errorName(error))
    }
  }

  #client(name: string | undefined): CapiService | undefined {
    return attempt(() => this.#modules.get<CapiService>(getCapiToken(name), { strict: false }))
  }
}
