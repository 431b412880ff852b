import type { JSX } from 'preact'
import { connection } from '../state/connection.ts'
import { isPaused } from '../state/events.ts'
import { Icon } from '../ui/icon.tsx'

const WORDS = {
  connecting: 'Connecting',
  live: 'Live',
  paused: 'Paused',
  lost: 'Reconnecting',
} as const

/** Whether new events come in, and the switch for it. */
export function LiveButton(): JSX.Element {
  const state = connection.value === 'live' && isPaused.value ? 'paused' : connection.value
  const word = WORDS[state]
  return (
    <button
      type="button"
      class={`button live ${state}`}
      aria-label={`${word}, ${isPaused.value ? 'go on' : 'pause'}`}
      title={isPaused.value ? 'Go on (p)' : 'Pause (p)'}
      onClick={() => {
        isPaused.value = !isPaused.value
      }}
    >
      {state === 'paused' ? <Icon name="pause" /> : <span class="dot" aria-hidden="true" />}
      {word}
    </button>
  )
}
