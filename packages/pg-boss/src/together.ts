import { outboxFailure } from './outbox-failure.ts'

/** So many statements at a time; what comes meanwhile shares the next one. */
const AT_A_TIME = 4
/** Of that many in one. */
const MOST = 500

interface Waiting<T, R> {
  readonly some: readonly T[]
  readonly resolve: (answers: readonly R[]) => void
  readonly reject: (error: unknown) => void
}

/**
 * Lets calls that come together share one statement and one commit: a busy shop takes in many times as much, and an
 * idle one waits for nobody. What only one call is to blame for costs the others nothing.
 * @param work answers each of its inputs, in order
 */
export function together<T, R>(
  work: (many: readonly T[]) => Promise<readonly R[]>,
): (some: readonly T[]) => Promise<readonly R[]> {
  const waiting: Waiting<T, R>[] = []
  let running = 0

  function nextGroup(): Waiting<T, R>[] {
    let size = 0
    let count = 0
    for (const { some } of waiting) {
      size += some.length
      if (count > 0 && size > MOST) break
      count++
    }
    return waiting.splice(0, count)
  }

  async function answer(group: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const answers = await work(group.flatMap(({ some }) => some))
      let start = 0
      for (const { some, resolve } of group) {
        resolve(answers.slice(start, start + some.length))
        start += some.length
      }
    } catch (error) {
      // Neither the server's fault nor the set-up's: it may be one event that Postgres does not take.
      const isOnes = group.length > 1 && outboxFailure(error).problem === 'unknown'
      for (const { some, resolve, reject } of group) {
        if (isOnes) await work(some).then(resolve, reject)
        else reject(error)
      }
    }
  }

  async function run(): Promise<void> {
    running++
    while (waiting.length > 0) await answer(nextGroup())
    running--
  }

  return (some) =>
    new Promise((resolve, reject) => {
      waiting.push({ some, resolve, reject })
      if (running < AT_A_TIME) void run()
    })
}
