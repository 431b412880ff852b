import type { JSX } from 'preact'

/** Strokes on a 16 by 16 grid. */
const PATHS = {
  check: 'M3.5 8.5l3 3 6-7',
  copies: 'M5.5 5.5h7v7h-7zM10.5 5.5v-2h-7v7h2',
  cross: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  merge: 'M3 4c4 0 4 4 6 4h4M3 12c4 0 4-4 6-4M11 5.5L13.5 8 11 10.5',
  bolt: 'M9 2L4 9h3.5L7 14l5-7H8.5z',
  alert: 'M8 2.5l6 11H2zM8 6.5v3.2M8 11.6v.2',
  info: 'M8 2a6 6 0 110 12A6 6 0 018 2zM8 7.2v4M8 4.9v.2',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3l7.5 5L5 13z',
  back: 'M9.5 3.5L5 8l4.5 4.5',
  up: 'M8 13V3.5M4 7.5l4-4 4 4',
  search: 'M7 2.5a4.5 4.5 0 110 9 4.5 4.5 0 010-9zM10.3 10.3l3.2 3.2',
  sun: 'M8 5a3 3 0 110 6 3 3 0 010-6zM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7',
  moon: 'M13 9.5A5.5 5.5 0 116.5 3a4.5 4.5 0 006.5 6.5z',
  auto: 'M8 2a6 6 0 110 12A6 6 0 018 2zM8 2v12M8 5l4.8-.6M8 8h6M8 11l4.8.6',
  clock: 'M8 2a6 6 0 110 12A6 6 0 018 2zM8 4.5V8l2.5 1.5',
  down: 'M8 2.5V11M4.5 7.5L8 11l3.5-3.5M3 13.5h10',
  into: 'M8 11V2.5M4.5 6L8 2.5 11.5 6M3 13.5h10',
  trash: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9',
} as const

export type IconName = keyof typeof PATHS

/** Decoration: the words beside it say the same. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
