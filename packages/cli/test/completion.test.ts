import { spawnSync } from 'node:child_process'
import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { nodesOf } from '../src/completion/command-tree.ts'
import { completion } from '../src/completion/completion.ts'
import { createProgram } from '../src/program.ts'
import { runCapi } from './run-capi.ts'

const program = createProgram(() => async () => {})
const script = completion(program, 'bash')

/** What bash itself offers for the last of these words. */
function offered(...words: readonly string[]): readonly string[] {
  const line = `${script}
COMP_WORDS=(capi ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}
_capi; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout } = spawnSync('bash', ['--norc', '-c', line], { encoding: 'utf8' })
  return stdout.trim().split('\n')
}

describe('completion for bash', () => {
  it.each([
    [['do'], ['doctor']],
    [['dead-letters', 'pu'], ['purge']],
    [['send', 'Lead', '--test'], ['--test-event-code']],
    [['dead-letters', 'purge', '--ye'], ['--yes']],
    [['validate', '--format', 'g'], ['github']],
    [['trigger', 'pa'], ['pair']],
    [['quality', '--js'], ['--json']],
    [['send', '--ye'], ['']],
  ])('of %j is %j', (words, offers) => {
    expect(offered(...words)).toEqual(offers)
  })
})

it.each(['bash', 'zsh', 'fish'] as const)(
  'knows every command and every option, for %s',
  (shell) => {
    const text = completion(program, shell)
    const nodes = nodesOf(program)
    expect(nodes.length).toBeGreaterThan(10)
    for (const { commands, options } of nodes) {
      for (const { word } of commands) expect(text).toContain(word)
      for (const { word } of options)
        expect(text).toContain(shell === 'fish' ? `-l ${word.slice(2)}` : word)
    }
  },
)

it('quotes what a description may hold', () => {
  const odd = new Command('capi').addCommand(new Command('odd').description("it's 50:50 \\ $HOME"))
  expect(completion(odd, 'fish')).toContain(String.raw`-d 'it\'s 50:50 \\ $HOME'`)
  expect(completion(odd, 'zsh')).toContain(String.raw`'odd:it'\''s 50\:50 \ $HOME'`)
})

it('is printed by the command, which refuses other shells', async () => {
  const { code, stdout } = await runCapi(['completion', 'bash'])
  expect(stdout).toContain('complete -o default -F _capi capi')
  expect(code).toBe(0)
  expect((await runCapi(['completion', 'tcsh'])).code).toBe(2)
})
