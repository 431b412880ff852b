import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import type { NearMissReason } from '../../../src/analysis/report.ts'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import type { Core } from '../core/load-core.ts'
import { formatAbsolute, plural } from '../model/format.ts'
import { textOf } from '../model/payload.ts'
import {
  type Identity,
  identitiesOf,
  type JourneyStep,
  journeyOf,
  type VisitorKey,
} from '../model/picture/journey.ts'
import { duplicatesOf, events, nearMissOf } from '../state/events.ts'
import { hrefWith } from '../state/route.ts'
import { useSteady } from '../ui/use-steady.ts'

const STEP = 104
const HEIGHT = 128
const ROWS = { browser: 34, server: 94 } as const
const MIDDLE = (ROWS.browser + ROWS.server) / 2
const MAX_NAME = 15

/** What keeps two halves from being one, in as few words as fit on a line. */
const REASONS: Readonly<Record<NearMissReason, string>> = {
  event_name_case: 'capitals in the name',
  event_id_spaces: 'spaces in the id',
  event_id_case: 'capitals in the id',
  event_id_number: 'id is a number',
  event_id_missing: 'one id is missing',
  pixel_id: 'two datasets',
  order_id: 'two ids, one order',
  fbp_and_value: 'two ids, one value',
  server_first: 'server came first',
  too_late: 'over 48 hours',
}

interface JourneyPictureProps {
  readonly event: CapturedEvent
  readonly core: Core
}

/** One visitor from left to right: the browser's events above, the server's below, joined where they are counted once. */
export function JourneyPicture({ event, core }: JourneyPictureProps): JSX.Element {
  const kept = useSteady(events.value)
  const near = nearMissOf.value
  const { steps, keys, left } = useMemo(
    () =>
      journeyOf(event, {
        events: kept,
        duplicatesOf: duplicatesOf.peek(),
        nearMissOf: near,
        identities: (one) => identitiesBy(core, one),
      }),
    [event, kept, near],
  )
  const misses = steps.flatMap(({ join }) => (join === undefined || join === 'once' ? [] : [join]))
  return (
    <>
      <p class="quiet">
        {plural(steps.length + left, 'moment')} of one visitor
        {keys.length > 0 && `, followed by ${keys.join(', ')}`}
        {left > 0 && `; the ${steps.length} around this event are drawn`}.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section class="journey" tabIndex={0} aria-label="Journey, from left to right">
        <svg
          width={Math.max(1, steps.length) * STEP + 64}
          height={HEIGHT}
          role="group"
          aria-label={plural(steps.length, 'moment')}
        >
          <text class="row-name" x={0} y={ROWS.browser}>
            Browser
          </text>
          <text class="row-name" x={0} y={ROWS.server}>
            Server
          </text>
          {steps.map((step, index) => (
            <Step
              key={`${step.browser?.id} ${step.server?.id}`}
              step={step}
              x={64 + (index + 0.5) * STEP}
              current={event}
            />
          ))}
        </svg>
      </section>
      {misses.length > 0 && (
        <ul class="journey-misses">
          {misses.map((miss) => (
            <li key={`${miss.browser}-${miss.server}`} class="warn-text">
              #{miss.browser} and #{miss.server}: {miss.verdict}{' '}
              <a
                href={hrefWith(
                  { pair: [miss.browser, miss.server].sort((a, b) => a - b).join('-') },
                  'pairs',
                )}
              >
                Compare the two
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

interface StepProps {
  readonly step: JourneyStep
  readonly x: number
  readonly current: CapturedEvent
}

function Step({ step: { browser, server, join, timeMs }, x, current }: StepProps): JSX.Element {
  const time = new Date(timeMs).toLocaleTimeString('en', { hour12: false })
  return (
    <g>
      {join !== undefined && (
        <path
          class={join === 'once' ? 'join' : 'join missed'}
          d={`M${x} ${ROWS.browser + 9}V${MIDDLE - 9}M${x} ${MIDDLE + 9}V${ROWS.server - 9}`}
        />
      )}
      <text class="moment" x={x} y={MIDDLE}>
        {join === undefined || join === 'once' ? time : REASONS[join.reason]}
      </text>
      {[browser, server].map(
        (half) =>
          half && (
            <Half key={half.id} event={half} x={x} isCurrent={half === current} join={join} />
          ),
      )}
    </g>
  )
}

interface HalfProps {
  readonly event: CapturedEvent
  readonly x: number
  readonly isCurrent: boolean
  readonly join: JourneyStep['join']
}

function Half({ event, x, isCurrent, join }: HalfProps): JSX.Element {
  const { source, status } = event
  const y = ROWS[source]
  const name = textOf(event.event_name, MAX_NAME) || 'no name'
  const what = join === 'once' ? 'counted once' : join === undefined ? status : 'counted twice'
  const label = `${source === 'browser' ? 'Browser' : 'Server'}: ${textOf(event.event_name, 60)}, ${what}, ${formatAbsolute(event.received_at)}`
  return (
    <a
      class={`half-mark ${source} ${status}${isCurrent ? ' current' : ''}`}
      href={hrefWith({ event: String(event.id) })}
      aria-label={label}
      aria-current={isCurrent ? 'true' : undefined}
    >
      <title>{label}</title>
      <rect
        x={x - STEP / 2 + 2}
        y={source === 'browser' ? 4 : y - 13}
        width={STEP - 4}
        height={44}
      />
      <circle cx={x} cy={y} r={isCurrent ? 8 : 6} />
      <text x={x} y={source === 'browser' ? y - 16 : y + 22}>
        {name}
      </text>
    </a>
  )
}

const known = new WeakMap<CapturedEvent, readonly Identity[]>()

/** An event is read once, however often the picture is drawn. */
function identitiesBy(core: Core, event: CapturedEvent): readonly Identity[] {
  const found = known.get(event) ?? identitiesOf(event, (key, text) => hashed(core, key, text))
  known.set(event, found)
  return found
}

function hashed({ normalizeField, sha256 }: Core, key: VisitorKey, text: string): string {
  const prepared = key === 'fbp' ? undefined : normalizeField(key, text)
  return sha256(prepared ?? text)
}
