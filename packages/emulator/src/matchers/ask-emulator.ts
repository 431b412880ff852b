import { askerOf } from '../connect/ask.ts'
import { type ConnectedEmulator, isConnected } from '../connect/connected-emulator.ts'
import type { Emulator } from '../emulator.ts'
import { EmulatorError } from '../emulator-error.ts'
import type { MatcherResult, Observed, Question } from './observed.ts'

/** What the matchers read; `createEmulator()` and `startEmulator()` both have it. */
export type EmulatorLike = Pick<Emulator, 'events' | 'pairs' | 'diagnostics' | 'calls'>

/**
 * The answer to a question: at once from an emulator of this process; from one of another process a promise, which waits for
 * what is still to come.
 * @param context `this` of a matcher
 * @throws EmulatorError `not_an_emulator`
 */
export function askEmulator(
  received: unknown,
  context: unknown,
  question: Question,
): MatcherResult | Promise<MatcherResult> {
  if (isConnected(received)) return settle(received, isNegated(context), question)
  if (isEmulator(received)) return question.judge(observe(received))
  throw new EmulatorError(
    'not_an_emulator',
    'Hand expect() an emulator: expect(emulator).toHaveReceived(…). One of another process: connectEmulator(url).',
  )
}

/** As in Playwright: what is wanted may still come; what is not wanted is looked for once. */
async function settle(
  emulator: ConnectedEmulator,
  isNot: boolean,
  { reads, judge }: Question,
): Promise<MatcherResult> {
  for (;;) {
    const observed = await read(emulator, reads)
    const judgement = judge(observed)
    if (judgement.pass || judgement.isFinal === true || isNot) return judgement
    if (!reads.includes('events')) return judgement
    const after = observed.events.at(-1)?.id ?? 0
    if (!(await hasNews(emulator, after))) return judge(await read(emulator, reads))
  }
}

async function hasNews(emulator: ConnectedEmulator, after: number): Promise<boolean> {
  try {
    await emulator.waitForEvent({}, { after })
    return true
  } catch (error) {
    if (EmulatorError.is(error) && error.code === 'event_not_received') return false
    throw error
  }
}

async function read(
  emulator: ConnectedEmulator,
  reads: readonly (keyof Observed)[],
): Promise<Observed> {
  const parts = await Promise.all(
    reads.map(async (part) => [
      part,
      await (part === 'calls' ? callsFor(emulator) : emulator[part]()),
    ]),
  )
  return Object.fromEntries(parts) as Observed
}

/** A call to a wrong path names no dataset: it may be of any test. */
async function callsFor({ url, pixelId }: ConnectedEmulator): Promise<Observed['calls']> {
  const { text } = await askerOf(url)('GET', 'calls')
  const { calls } = JSON.parse(text) as Pick<Observed, 'calls'>
  return calls.filter(({ pixel_id = pixelId }) => pixelId === undefined || pixel_id === pixelId)
}

/** Each part is only made when a question looks at it. */
function observe(emulator: EmulatorLike): Observed {
  return {
    get events() {
      return emulator.events()
    },
    get calls() {
      return emulator.calls()
    },
    get pairs() {
      return emulator.pairs()
    },
    get diagnostics() {
      return emulator.diagnostics()
    },
  }
}

function isNegated(context: unknown): boolean {
  return typeof context === 'object' && context !== null && Reflect.get(context, 'isNot') === true
}

function isEmulator(value: unknown): value is EmulatorLike {
  return (
    typeof value === 'object' &&
    value !== null &&
    'events' in value &&
    'pairs' in value &&
    'diagnostics' in value
  )
}
