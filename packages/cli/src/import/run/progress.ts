import type { Terminal } from '../../shell/terminal.ts'

/** What is shown while a file is uploaded. */
export interface Standing {
  /** 0 to 1. */
  readonly part: number
  readonly delivered: number
  readonly refused: number
  readonly rows: number
  /** Why nothing moves; absent: it moves. */
  readonly waits?: string | undefined
}

const REDRAW_MS = 100
const LINE_MS = 5_000
const WIDTH = 24

/** A bar on a terminal, a line each five seconds elsewhere. @returns ends it. */
export function showProgress(terminal: Terminal, standing: () => Standing): () => void {
  const startMs = performance.now()
  const first = standing()
  const { canRedraw } = terminal
  const draw = () => {
    const now = standing()
    const seconds = (performance.now() - startMs) / 1_000
    const text = lineOf(now, { rows: now.rows - first.rows, part: now.part - first.part, seconds })
    if (canRedraw) terminal.redraw(`${bar(now.part)} ${text}`)
    else terminal.say(`${percent(now.part)} ${text}`)
  }
  const timer = setInterval(draw, canRedraw ? REDRAW_MS : LINE_MS)
  return () => {
    clearInterval(timer)
    if (canRedraw) terminal.redraw('')
  }
}

function lineOf(
  { delivered, refused, part, waits }: Standing,
  run: { readonly rows: number; readonly part: number; readonly seconds: number },
): string {
  const sent = `${count(delivered)} sent${refused > 0 ? `, ${count(refused)} refused` : ''}`
  if (waits !== undefined) return `${sent} · ${waits}`
  const rate = run.seconds > 0 ? run.rows / run.seconds : 0
  const left = run.part > 0 ? ((1 - part) / run.part) * run.seconds : undefined
  const rest = left === undefined ? '' : ` · ${duration(left)} left`
  return `${sent} · ${count(Math.round(rate))} rows/s${rest}`
}

export const count = (value: number) => value.toLocaleString('en-US')
const percent = (part: number) => `${String(Math.floor(part * 100)).padStart(3)} %`

function bar(part: number): string {
  const full = Math.min(WIDTH, Math.round(part * WIDTH))
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${percent(part)}`
}

/** `1 h 5 min`, `2 min 3 s`, `4 s`. */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`
}
