import { CliError } from '../shell/cli-error.ts'
import type { Terminal } from '../shell/terminal.ts'

/** Asks, unless `--yes` was given. @throws CliError where nothing can be asked, or the answer is no */
export async function confirm(
  terminal: Terminal,
  question: string,
  isGiven: boolean,
): Promise<void> {
  if (isGiven) return
  if (!terminal.canAsk)
    throw new CliError(
      'usage_invalid',
      'This cannot be undone, and nothing can be asked here. Pass --yes.',
    )
  const prompts = await import('@clack/prompts')
  const answer = await prompts.confirm({
    message: question,
    initialValue: false,
    output: process.stderr,
  })
  if (answer !== true) throw new CliError('usage_invalid', 'Nothing was changed.')
}
