type Fields = Readonly<Record<string, unknown>>

/** What core's vectors hold, whatever the file's shape: its values, and the entries that are more than one value. */
export interface VectorValues {
  /** Each once, in the order of the file. */
  readonly values: readonly unknown[]
  readonly events: readonly Fields[]
  readonly answers: readonly Fields[]
}

export function vectorValues(json: string): VectorValues {
  const values = new Map<string, unknown>()
  const events: Fields[] = []
  const answers: Fields[] = []
  const visit = (value: unknown): void => {
    if (!isFields(value)) {
      values.set(`${typeof value} ${String(value)}`, value)
      return
    }
    if (isFields(value['event'])) events.push(value['event'])
    if (typeof value['verdict'] === 'string') answers.push(value)
    for (const one of Object.values(value)) visit(one)
  }
  visit(JSON.parse(json, revive))
  return { values: [...values.values()], events, answers }
}

/** What JSON does not have: see `packages/core/vectors/README.md`. */
function revive(_key: string, value: unknown): unknown {
  if (!isFields(value)) return value
  if (typeof value['$date'] === 'string') return new Date(value['$date'])
  if (typeof value['$bigint'] === 'string') return BigInt(value['$bigint'])
  if (value['$number'] !== undefined) return Number(value['$number'])
  return value
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !(value instanceof Date)
}
