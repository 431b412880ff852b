import type { Command, Option } from 'commander'

/** A word that can be completed, and what it does. */
export interface Word {
  readonly word: string
  readonly about: string
}

/** An option, with the values it takes. */
export interface OptionWord extends Word {
  /** What it may be; empty for any. */
  readonly choices: readonly string[]
  readonly takesValue: boolean
}

/** What can follow one command: `['dead-letters', 'list']`; empty for `capi` itself. */
export interface Node {
  readonly path: readonly string[]
  readonly commands: readonly Word[]
  readonly options: readonly OptionWord[]
  /** Of its arguments. */
  readonly choices: readonly string[]
}

/** Every command below, and itself. */
export function nodesOf(command: Command, path: readonly string[] = []): readonly Node[] {
  const commands = command.commands.filter((child) => child.name() !== 'help')
  const root = rootOf(command)
  const options = root === command ? command.options : [...command.options, ...root.options]
  const node: Node = {
    path,
    commands: commands.map((child) => ({ word: child.name(), about: child.description() })),
    options: options.filter(({ hidden }) => !hidden).map(optionWord),
    choices: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  }
  return [node, ...commands.flatMap((child) => nodesOf(child, [...path, child.name()]))]
}

function rootOf(command: Command): Command {
  return command.parent === null ? command : rootOf(command.parent)
}

function optionWord({
  long,
  short,
  description,
  argChoices,
  required,
  optional,
}: Option): OptionWord {
  return {
    word: long ?? short ?? '',
    about: description,
    choices: argChoices ?? [],
    takesValue: required || optional,
  }
}
