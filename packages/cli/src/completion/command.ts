import { Argument, Command } from 'commander'
import type { CommandMaker } from '../shell/start.ts'
import type { Shell } from './completion.ts'

/** `capi completion`: what a shell needs to complete commands and options. */
export const completionCommand: CommandMaker = (start) => {
  const command = new Command('completion')
    .description('print what your shell needs to complete commands and options')
    .addArgument(new Argument('<shell>', 'yours').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      `
  bash  capi completion bash >> ~/.bashrc
  zsh   capi completion zsh > "\${fpath[1]}/_capi"
  fish  capi completion fish > ~/.config/fish/completions/capi.fish`,
    )
  return command.action(
    start(async (terminal, shell: Shell) => {
      const { completion } = await import('./completion.ts')
      terminal.print(completion(command.parent ?? command, shell))
      return 'ok'
    }),
  )
}
