/** What JavaScript may pass where the types ask for something else. */
const UNFIT: readonly unknown[] = [
  undefined,
  null,
  0,
  Number.NaN,
  'x',
  '',
  true,
  [],
  {},
  () => undefined,
  new Date(Number.NaN),
  10n,
  Symbol('unfit'),
]

/** How long an answer is waited for: a call that goes on has not failed. */
const ANSWER_MS = 50

/**
 * Calls each function with what it does not take, and lists what it throws, or rejects with, that is no error of the
 * package's own: `isOwn`. Left out are those `without`, and names with a capital letter: classes and decorators.
 */
export async function strayErrors(
  functions: object,
  isOwn: (error: unknown) => boolean,
  without: readonly string[] = [],
): Promise<readonly string[]> {
  const stray = new Set<string>()
  for (const [name, call] of Object.entries(functions)) {
    if (typeof call !== 'function' || /^[A-Z]/.test(name) || without.includes(name)) continue
    for (const first of UNFIT) {
      for (const second of [undefined, null, 'x', {}]) {
        try {
          const answer: unknown = await Promise.race([call(first, second), pause()])
          await closed(answer)
        } catch (error) {
          if (!isOwn(error)) stray.add(`${name}: ${String(error)}`)
        }
      }
    }
  }
  return [...stray]
}

const pause = () => new Promise((resolve) => setTimeout(resolve, ANSWER_MS))

async function closed(answer: unknown): Promise<void> {
  const isOpen = typeof answer === 'object' && answer !== null && 'close' in answer
  if (isOpen && typeof answer.close === 'function') await answer.close()
}
