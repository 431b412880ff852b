import type { Stats } from '@capi/core'
import { attempt } from '@capi/core/adapter'
import { health } from '@capi/core/health'
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
   * Down whenever `health` of `@capi/core/health` does not say `up`: a pixel is paused, the outbox is away, events have waited for a
   * quarter of an hour, or the client is closed. Beside it: `reasons`, what waits, what was dropped and why, and how each
   * pixel stands. It answers within two seconds.
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
    const { status, reasons, stats } = await health(capi)
    const figures = { reasons, ...(stats && figuresOf(stats)) }
    return status === 'up' ? indicator.up(figures) : indicator.down(figures)
  }

  #client(name: string | undefined): CapiService | undefined {
    return attempt(() => this.#modules.get<CapiService>(getCapiToken(name), { strict: false }))
  }
}

/** What a dashboard shows of the counts. */
function figuresOf({ tracked, delivered, queued, dropped, outbox, pixels }: Stats) {
  const losses = Object.entries(dropped).filter(([, count]) => count > 0)
  const states = Object.entries(pixels).map(([pixelId, { state }]) => [pixelId, state] as const)
  return {
    tracked,
    delivered,
    queued,
    dropped: Object.fromEntries(losses),
    outbox: outbox.state,
    ...(outbox.cause && { outboxCause: outbox.cause.code }),
    pixels: Object.fromEntries(states),
  }
}
