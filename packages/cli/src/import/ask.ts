import { cancel, confirm, isCancel, select, text } from '@clack/prompts'
import { CliError } from '../shell/cli-error.ts'
import type { Terminal } from '../shell/terminal.ts'
import type { Answers } from './map/plan.ts'
import { answersOf, type ImportOptions } from './options.ts'

/** What a file does not say, and is never guessed. */
export type Question = 'currency' | 'timezone' | 'date' | 'decimal' | 'sold'

const QUESTIONS: Readonly<
  Record<
    Question,
    { readonly why: string; readonly flag: string; readonly ask: () => Promise<unknown> }
  >
> = {
  currency: {
    why: 'no column says in which currency the amounts are',
    flag: '--currency EUR',
    ask: () =>
      text({
        message: 'In which currency are the amounts?',
        placeholder: 'EUR',
        output: process.stderr,
      }),
  },
  timezone: {
    why: 'the times name no time zone',
    flag: '--timezone Europe/Zurich',
    ask: () =>
      text({
        message: 'In which time zone are the times?',
        placeholder: 'Europe/Zurich',
        output: process.stderr,
      }),
  },
  date: {
    why: 'dates such as 03/04/2026 can be read in two ways, and none in the file decides',
    flag: '--date dmy (day first) or --date mdy (month first)',
    ask: () =>
      select({
        message: 'Is 03/04/2026 in this file …',
        options: [
          { value: 'dmy', label: '3 April (day first)' },
          { value: 'mdy', label: 'March 4 (month first)' },
        ],
        output: process.stderr,
      }),
  },
  decimal: {
    why: 'amounts such as 1,299 can be read in two ways, and none in the file decides',
    flag: '--decimal point or --decimal comma',
    ask: () =>
      select({
        message: 'Which character stands before the decimals?',
        options: [
          { value: 'point', label: 'a point: 1,299 is one thousand two hundred ninety-nine' },
          { value: 'comma', label: 'a comma: 1,299 is a little more than one' },
        ],
        output: process.stderr,
      }),
  },
  sold: {
    why: 'only you know which states are sales',
    flag: '--sold "closedwon" (several between commas, or all)',
    ask: () =>
      text({
        message: 'Which states are sales? Several between commas, or "all".',
        output: process.stderr,
      }),
  },
}

/**
 * Asks on a terminal.
 * @throws CliError `usage_invalid` elsewhere, naming every option that is missing at once.
 */
export async function answer(terminal: Terminal, questions: readonly Question[]): Promise<Answers> {
  if (questions.length === 0) return {}
  if (!terminal.canAsk) {
    const missing = questions.map(
      (one) => `  ${QUESTIONS[one].flag.padEnd(30)} ${QUESTIONS[one].why}`,
    )
    throw new CliError(
      'usage_invalid',
      `The file does not say everything, and it is not guessed. Nothing was sent. Pass:\n${missing.join('\n')}\n`,
    )
  }
  const given: Record<string, unknown> = {}
  for (const question of questions) given[question] = orLeave(await QUESTIONS[question].ask())
  return answersOf(given as unknown as ImportOptions)
}

/** Whether to go on. Without a terminal, `--live` or a test code was the yes. */
export async function agree(terminal: Terminal, message: string): Promise<boolean> {
  if (!terminal.canAsk) return true
  return orLeave(await confirm({ message, output: process.stderr }))
}

function orLeave<T>(answer: T): Exclude<T, symbol> {
  if (!isCancel(answer)) return answer as Exclude<T, symbol>
  cancel('Nothing was sent.', { output: process.stderr })
  throw new CliError('usage_invalid', 'Nothing was sent.')
}
