/** Lua takes no more than some 8,000 values at once, and a long script keeps others waiting. */
export const MOST = 1_000

/** At most `MOST` at a time; those of one lane, where there are some. */
export function inSteps<T>(list: readonly T[], laneOf: (one: T) => string = () => ''): T[][] {
  const steps: T[][] = []
  const open = new Map<string, T[]>()
  for (const one of list) {
    const lane = laneOf(one)
    let step = open.get(lane)
    if (step === undefined || step.length === MOST) {
      step = []
      steps.push(step)
      open.set(lane, step)
    }
    step.push(one)
  }
  return steps
}

/** Answers of scripts are texts, numbers and lists of such, whatever the client and its protocol. */
export const listOf = (answer: unknown): readonly unknown[] => (Array.isArray(answer) ? answer : [])

export const textsOf = (answer: unknown): readonly string[] => listOf(answer).map(String)

/** A flat list, so many at a time. */
export function groupsOf(answer: unknown, size: number): string[][] {
  const texts = textsOf(answer)
  const count = Math.ceil(texts.length / size)
  return Array.from({ length: count }, (_one, n) => texts.slice(n * size, (n + 1) * size))
}
