import { useComputed } from '@preact/signals'
import type { JSX } from 'preact'
import { activityOf } from '../model/activity.ts'
import { plural } from '../model/format.ts'
import { nowMs } from '../state/clock.ts'
import { events } from '../state/events.ts'

const HEIGHT = 20
const STEP = 4

/** Events by minute over the last half hour, the server's below the browser's. */
export function ActivityChart(): JSX.Element {
  const activity = useComputed(() =>
    activityOf(events.value, Math.floor(nowMs.value / 5000) * 5000),
  )
  const minutes = activity.value
  const most = Math.max(1, ...minutes.map(({ server, browser }) => server + browser))
  const last = minutes.at(-1) ?? { server: 0, browser: 0 }
  const perMinute = last.server + last.browser
  const label = `${plural(perMinute, 'event')} this minute, ${last.server} from the server and ${last.browser} from the browser; at most ${most} a minute in the last ${minutes.length}`
  return (
    <div class="activity" title={label}>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${minutes.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        {minutes.map(({ server, browser }, index) => {
          const low = (server / most) * HEIGHT
          const high = (browser / most) * HEIGHT
          const x = index * STEP
          return (
            <g key={index}>
              {server + browser === 0 && (
                <rect class="none" x={x} y={HEIGHT - 1} width={STEP - 1} height={1} />
              )}
              <rect class="server" x={x} y={HEIGHT - low} width={STEP - 1} height={low} />
              <rect class="browser" x={x} y={HEIGHT - low - high} width={STEP - 1} height={high} />
            </g>
          )
        })}
      </svg>
      <span aria-hidden="true">{perMinute.toLocaleString('en')}/min</span>
    </div>
  )
}
