/** What came of sending some of a refused batch. `stopped`: no verdict; nothing more is to be sent now. */
export type Trial = 'delivered' | 'refused' | 'stopped'

export interface Isolation<T> {
  /** Refused alone. */
  readonly guilty: readonly T[]
  /** Neither delivered nor refused alone. */
  readonly undecided: readonly T[]
  /** Whatever was sent was refused, though not for one event alone: the fault is not in the events. */
  readonly isSystemic: boolean
}

export interface Trials<T> {
  readonly send: (some: readonly T[]) => Promise<Trial>
  /** Whether two that were refused alone were so for the same reason. */
  readonly isAlike: (one: T, other: T) => boolean
  /** Which one the last refusal points at, if it does. A hint: it is tried, not believed. */
  readonly blamed: () => T | undefined
  /** Others passed lately: what is refused here is refused for what it is. */
  readonly isProven: boolean
}

/** So many refused alone, and none that passes: among events of which half are bad, one search in 256 ends so. */
const SAMPLE = 8
/** The same, when there are no more. */
const SMALL_SAMPLE = 3

/**
 * Finds the bad events of a batch that was refused as a whole. Halves go out until one event is refused
 * alone; what is left goes out again as one batch. While nothing has passed, single events go out instead:
 * eight refused alone for the same reason, or three that were all there is, and no batch would pass. With k
 * bad among n, at most (k + 1) + k (⌈log2 n⌉ + 1) requests, the refused one included.
 *
 * @param batch in random order: else a run of bad ones at its head looks like a fault of the lane
 */
export async function isolate<T>(
  batch: readonly T[],
  { send, isAlike, blamed, isProven }: Trials<T>,
): Promise<Isolation<T>> {
  const guilty: T[] = []
  let hasDelivered = isProven
  let areHintsGood = true
  let pending = batch
  let isRefusedAsOne = true
  const result = (isSystemic: boolean): Isolation<T> => ({ guilty, undecided: pending, isSystemic })

  while (pending.length > 0) {
    // Hints alone would never show whether anything passes: until something has, only the first is taken.
    const mayHint = areHintsGood && (guilty.length === 0 || hasDelivered)
    const hint = mayHint ? blamed() : undefined
    const isHinted = hint !== undefined && pending.includes(hint)
    const isSample = guilty.length > 0 && !hasDelivered
    let suspects = isHinted ? [hint] : isSample ? pending.slice(0, 1) : pending
    let wasSentAlone = isRefusedAsOne && pending.length === 1
    while (suspects.length > 1) {
      const half = suspects.slice(0, Math.ceil(suspects.length / 2))
      const trial = await send(half)
      if (trial === 'stopped') return result(false)
      if (trial === 'refused') {
        suspects = half
        wasSentAlone = half.length === 1
      } else {
        hasDelivered = true
        pending = without(pending, half)
        suspects = suspects.slice(half.length) // Holds the bad one: its other half is clean.
        wasSentAlone = false
      }
    }
    const [suspect] = suspects
    if (suspect === undefined) break
    const trial = wasSentAlone ? 'refused' : await send([suspect])
    if (trial === 'stopped') return result(false)
    pending = without(pending, [suspect])
    if (trial === 'refused') guilty.push(suspect)
    else {
      hasDelivered = true
      // It was innocent: so may the next be that is pointed at.
      if (isHinted) areHintsGood = false
    }
    const areEnough = guilty.length >= (pending.length === 0 ? SMALL_SAMPLE : SAMPLE)
    if (areEnough && !hasDelivered && guilty.every((one) => isAlike(one, suspect)))
      return result(true)
    if (pending.length === 0) break
    isRefusedAsOne = hasDelivered
    if (!hasDelivered) continue
    const rest = await send(pending)
    if (rest === 'stopped') return result(false)
    if (rest === 'delivered') {
      pending = []
      hasDelivered = true
    }
  }
  return result(false)
}

function without<T>(list: readonly T[], some: readonly T[]): readonly T[] {
  const gone = new Set(some)
  return list.filter((one) => !gone.has(one))
}
