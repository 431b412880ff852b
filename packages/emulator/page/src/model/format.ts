const UNITS = [
  { unit: 'd', seconds: 86_400 },
  { unit: 'h', seconds: 3600 },
  { unit: 'min', seconds: 60 },
  { unit: 's', seconds: 1 },
] as const

/** "now", "12 s", "3 min": how long ago, in few letters; "in 8 d" of what came before the clock was set back. */
export function formatAgo(fromMs: number, nowMs: number): string {
  const seconds = Math.floor((nowMs - fromMs) / 1000)
  if (seconds < -60) return `in ${formatAgo(nowMs, fromMs)}`
  const found = UNITS.find((entry) => seconds >= entry.seconds)
  return found ? `${Math.floor(seconds / found.seconds)} ${found.unit}` : 'now'
}

/** "420 ms", "1.5 s", "2 min 5 s". */
export function formatDuration(ms: number): string {
  const size = Math.abs(ms)
  if (size < 1000) return `${Math.round(size)} ms`
  if (size < 60_000) return `${(size / 1000).toFixed(1).replace(/\.0$/, '')} s`
  const index = UNITS.findIndex((entry) => size >= entry.seconds * 1000)
  const large = UNITS[index] ?? UNITS[2]
  const small = UNITS[index + 1] ?? UNITS[3]
  const seconds = Math.round(size / 1000)
  const rest = Math.floor((seconds % large.seconds) / small.seconds)
  return `${Math.floor(seconds / large.seconds)} ${large.unit}${rest > 0 ? ` ${rest} ${small.unit}` : ''}`
}

/** Date, time to the millisecond, and zone: `2026-11-23 14:05:01.123 +01:00`. */
export function formatAbsolute(ms: number): string {
  const date = new Date(ms)
  if (Number.isNaN(date.getTime())) return String(ms)
  const offset = -date.getTimezoneOffset()
  const local = new Date(ms + offset * 60_000).toISOString().replace('T', ' ').slice(0, -1)
  const pad = (value: number) => String(value).padStart(2, '0')
  const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`
  return `${local} ${zone}`
}

export function formatPercent(value: number): string {
  return `${Number.isInteger(value) || value < 0.1 ? value : value.toFixed(1)} %`
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}
