import type { Cause } from '../issue/cause.ts'
import { CapiConfigError } from '../issue/errors.ts'
import { type Clock, systemClock } from '../runtime/clock.ts'
import { within } from '../store/within.ts'
import { adviceFor } from '../transport/advice.ts'
import type { Capi, PixelStatus, Stats } from './tracker.ts'

/**
 * How the delivery to Meta stands.
 *
 * - `up`: events leave as they come, or wait for a moment.
 * - `degraded`: nothing is lost yet, and somebody should look: a pixel is paused, the outbox is away, or events have waited too long.
 * - `down`: what is tracked now is lost, or the client does not answer.
 */
export interface Health {
  /** The worst of what was found. */
  readonly status: 'up' | 'degraded' | 'down'
  /** What keeps it from being `up`, the worst first; empty when it is. */
  readonly reasons: readonly HealthReason[]
  /** What it was read from; absent when the client did not answer in time. */
  readonly stats?: Stats
}

/** One thing that keeps a client from being `up`. */
export interface HealthReason {
  /**
   * `closed`: the client was closed. `no_answer`: it did not answer in time. `paused`: Meta refuses the token, the permission or the
   * dataset. `outbox_away`: the outbox fails or does not answer. `waiting`: events have waited longer than `maxWaitMs`.
   */
  readonly code: 'closed' | 'no_answer' | 'paused' | 'outbox_away' | 'waiting'
  /** What happened and what to do, in one line without personal data. */
  readonly message: string
  /** The pixel it is about; absent when it is about all. */
  readonly pixelId?: string
  /** What Meta or the outbox answered, where it did. */
  readonly cause?: Cause
}

/** How `health` judges. */
export interface HealthOptions {
  /** Milliseconds a pixel may be unable to send before that counts; default 900,000 (15 minutes): shorter trouble of Meta's is common. */
  readonly maxWaitMs?: number | undefined
  /** Milliseconds to wait for the client; default 2,000, twice what its outbox has by default. */
  readonly timeoutMs?: number | undefined
  /** Where time comes from; default the machine's. For tests. */
  readonly clock?: Clock | undefined
}

/**
 * Reads how a client stands, for a health endpoint, an indicator or an alarm. Answers within `timeoutMs`, and
 * rejects for options that are none, never for how the client stands.
 *
 * Do not restart a process for it: one that cannot reach Meta still sells, and its events wait.
 *
 * @param capi a client. One of another copy of `@capi/core` will do.
 * @throws CapiConfigError when `maxWaitMs` or `timeoutMs` is not a number of milliseconds from 0.
 * @example
 * app.get('/health/capi', async (_req, res) => {
 *   const { status, reasons } = await health(capi)
 *   res.status(status === 'down' ? 503 : 200).json({ status, reasons })
 * })
 */
export async function health(
  capi: Pick<Capi, 'stats'>,
  { maxWaitMs = 900_000, timeoutMs = 2_000, clock = systemClock }: HealthOptions = {},
): Promise<Health> {
  for (const [name, value] of Object.entries({ maxWaitMs, timeoutMs }))
    if (!(typeof value === 'number' && value >= 0))
      throw new CapiConfigError(
        'config_invalid',
        `${name} must be a number of milliseconds from 0.`,
      )
  const limit = { clock, timeoutMs, isAwaited: true } as const
  const stats = await within(limit, () => capi.stats()).catch(() => undefined)
  if (stats === undefined) {
    const message = `The client did not say within ${timeoutMs} ms how it stands. Look whether the process is busy and its outbox answers.`
    return { status: 'down', reasons: [{ code: 'no_answer', message }] }
  }
  const reasons = [
    ...closedReason(stats),
    ...outboxReason(stats),
    ...Object.entries(stats.pixels).flatMap(([pixelId, pixel]) =>
      pixelReason(pixelId, pixel, maxWaitMs),
    ),
  ]
  if (reasons.length === 0) return { status: 'up', reasons, stats }
  return { status: stats.isClosed === true ? 'down' : 'degraded', reasons, stats }
}

function closedReason({ isClosed }: Stats): HealthReason[] {
  if (isClosed !== true) return []
  return [
    {
      code: 'closed',
      message: 'The client was closed: events are dropped. Close it last, when the process ends.',
    },
  ]
}

function outboxReason({ outbox: { state, cause } }: Stats): HealthReason[] {
  if (state === 'ready') return []
  const message = `The outbox is away${codeOf(cause)}: events wait in the memory of this process. Look at its database or file.`
  return [{ code: 'outbox_away', message, ...(cause && { cause }) }]
}

function pixelReason(pixelId: string, pixel: PixelStatus, maxWaitMs: number): HealthReason[] {
  const { state, cause, queued = 0, blockedForMs = 0 } = pixel
  const about = { pixelId, ...(cause && { cause }) }
  if (state === 'paused') {
    const advice = cause && adviceFor(cause.code)
    const words = advice ? `${advice.what}. ${advice.todo}` : 'Meta refuses the requests.'
    return [
      {
        code: 'paused',
        message: `Delivery is paused${codeOf(cause)}: ${words} Events wait.`,
        ...about,
      },
    ]
  }
  if (state === 'open' || queued === 0 || blockedForMs < maxWaitMs) return []
  const minutes = Math.round(blockedForMs / 60_000)
  const message = `${queued} events wait, for ${minutes} minutes now${codeOf(cause)}. They go out by themselves; look whether Meta can be reached.`
  return [{ code: 'waiting', message, ...about }]
}

function codeOf(cause: Cause | undefined): string {
  return cause === undefined ? '' : ` (${cause.code})`
}
