import { expect, it } from 'vitest'
import { runCapi } from './run-capi.ts'

it('ends with 2 for an option it does not know, and names the one that was probably meant', async () => {
  const { code, stdout, stderr } = await runCapi(['hash', '--jsn', 'em', 'x'])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/unknown option '--jsn'\n\(Did you mean --json\?\) \(usage_invalid\)/)
})

it.each([[['--help']], [[]]])(
  'prints its help on stdout, with every exit code: %j',
  async (args) => {
    const { code, stdout, stderr } = await runCapi(args)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const exit of [0, 1, 2, 3, 4, 5, 6, 130])
      expect(stdout).toMatch(RegExp(`^  ${exit} +\\w`, 'm'))
  },
)

it('prints no colours where NO_COLOR is set, though FORCE_COLOR is not needed to see them', async () => {
  const coloured = await runCapi(['hash', 'em', 'a@b.ch'], { env: { FORCE_COLOR: '1' } })
  expect(coloured.stdout).toContain('\u001b[')
  const plain = await runCapi(['hash', 'em', 'a@b.ch'], { env: { NO_COLOR: '1' } })
  expect(plain.stdout).not.toContain('\u001b[')
})
