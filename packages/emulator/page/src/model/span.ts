const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/** Reads `30s`, `5m`, `1.5h` and `2d` as milliseconds. */
export function parseSpan(text: string): number | undefined {
  const [, amount, unit = ''] = /^(\d{1,9}(?:\.\d{1,9})?)([smhd])$/i.exec(text) ?? []
  const seconds = UNITS[unit.toLowerCase()]
  return seconds === undefined ? undefined : Number(amount) * seconds * 1000
}
