/** What became of the orders of a file, by the order in which they stand there: what is counted here is settled. */
export interface Counts {
  /** Orders settled: delivered, skipped or refused. */
  orders: number
  rows: number
  delivered: number
  /** By reason. */
  readonly skipped: Record<string, number>
  /** By code. */
  readonly refused: Record<string, number>
  /** By code. */
  readonly warnings: Record<string, number>
}

export const noCounts = (): Counts => ({
  orders: 0,
  rows: 0,
  delivered: 0,
  skipped: {},
  refused: {},
  warnings: {},
})

export function increment(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1
}

export function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, one) => sum + one, 0)
}
