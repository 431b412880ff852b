import type { Command } from 'commander'
import { type Node, nodesOf, type Word } from './command-tree.ts'

export type Shell = 'bash' | 'zsh' | 'fish'

/** The script for a shell, made of the commands themselves. */
export function completion(program: Command, shell: Shell): string {
  const nodes = nodesOf(program)
  return { bash, zsh, fish }[shell](nodes)
}

const wordsOf = ({ commands, options, choices }: Node): readonly string[] => [
  ...[...commands, ...options].map(({ word }) => word),
  ...choices,
]

/** Values of options, by option; the same name has the same values in every command. */
function valuesOf(nodes: readonly Node[]): ReadonlyMap<string, readonly string[]> {
  const options = nodes.flatMap((node) => node.options)
  return new Map(
    options.filter(({ choices }) => choices.length > 0).map(({ word, choices }) => [word, choices]),
  )
}

/** The words that are commands decide which one is meant; files are the shell's own to complete. */
function bash(nodes: readonly Node[]): string {
  const cases = nodes.map(
    (node) => `    "${node.path.join(' ')}") words="${wordsOf(node).join(' ')}" ;;`,
  )
  const names = [...new Set(nodes.flatMap(({ path }) => path))].join('|')
  const values = [...valuesOf(nodes)].map(
    ([option, choices]) =>
      `    ${option}) COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$cur")); return ;;`,
  )
  return `# Completion of capi for bash: capi completion bash >> ~/.bashrc
_capi() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path="" words="" word
  case "$previous" in
${values.join('\n')}
  esac
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in ${names}) path="\${path:+$path }$word" ;; esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _capi capi`
}

function zsh(nodes: readonly Node[]): string {
  const described = ({ word, about }: Word) => `'${zshQuoted(word)}:${zshQuoted(about)}'`
  const cases = nodes.map((node) => {
    const choices = node.choices.map((word) => ({ word, about: '' }))
    const list = [...node.commands, ...choices, ...node.options].map(described)
    return `    '${node.path.join(' ')}') words_here=(${list.join(' ')}) ;;`
  })
  const names = [...new Set(nodes.flatMap(({ path }) => path))].join('|')
  const values = [...valuesOf(nodes)].map(
    ([option, choices]) => `    ${option}) compadd ${choices.join(' ')}; return ;;`,
  )
  return `#compdef capi
# Completion of capi for zsh: capi completion zsh > "\${fpath[1]}/_capi"
_capi() {
  local word command_path=""
  local -a words_here
  case "\${words[CURRENT-1]}" in
${values.join('\n')}
  esac
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$word" in (${names}) command_path="\${command_path:+$command_path }$word" ;; esac
  done
  case "$command_path" in
${cases.join('\n')}
  esac
  _describe 'capi' words_here || _files
}
compdef _capi capi`
}

const zshQuoted = (text: string): string => text.replaceAll("'", "'\\''").replaceAll(':', '\\:')

function fish(nodes: readonly Node[]): string {
  const lines = nodes.flatMap((node) => {
    const condition = fishCondition(node, nodes)
    const commands = node.commands.map(
      ({ word, about }) => `complete -c capi -f -n ${condition} -a ${word} -d ${fishQuoted(about)}`,
    )
    const choices = node.choices.map((word) => `complete -c capi -f -n ${condition} -a ${word}`)
    const options = node.options.map(({ word, about, takesValue, choices: values }) => {
      const value =
        values.length > 0 ? ` -x -a ${fishQuoted(values.join(' '))}` : takesValue ? ' -r' : ''
      return `complete -c capi -n ${condition} -l ${word.slice(2)}${value} -d ${fishQuoted(about)}`
    })
    return [...commands, ...choices, ...options]
  })
  return `# Completion of capi for fish: capi completion fish > ~/.config/fish/completions/capi.fish\n${lines.join('\n')}`
}

/** Every word of the path was seen, and none of what may follow it. */
function fishCondition({ path, commands }: Node, nodes: readonly Node[]): string {
  if (path.length === 0) {
    const first = nodes.filter((node) => node.path.length === 1).flatMap((node) => node.path)
    return fishQuoted(`not __fish_seen_subcommand_from ${first.join(' ')}`)
  }
  const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`)
  const next = commands.map(({ word }) => word)
  const unseen = next.length === 0 ? [] : [`not __fish_seen_subcommand_from ${next.join(' ')}`]
  return fishQuoted([...seen, ...unseen].join('; and '))
}

const fishQuoted = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
