/** Lua takes no more than some 8,000 values at once, and a long script keeps others waiting. */
export const MOST = 1_000

/** At most `MOST` at a time, those of one lane together. */
export function inSteps<T>(list: readonly T[], laneOf: (one: T) => string = () => '') {
  const steps: { readonly lane: string; readonly step: T[] }[] = []
  for (const one of list) {
    const lane = laneOf(one)
    const open = steps.find((known) => known.lane === lane && known.step.length < MOST)
    if (open === undefined) steps.push({ lane, step: [one] })
    else open.step.push(one)
  }
  return steps
}

/** Answers of scripts are texts, numbers and lists of such, whatever the client and its protocol. */
export const listOf = (answer: unknown): readonly unknown[] => (Array.isArray(answer) ? answer : [])
export const textsOf = (answer: unknown): readonly string[] => listOf(answer).map(String)

/** Neighbours of a flat list. */
export const pairsOf = (answer: unknown): readonly (readonly [string, string])[] =>
  textsOf(answer).flatMap((one, n, all) => (n % 2 === 0 ? [[one, all[n + 1] ?? ''] as const] : []))
