import { describe, expect, it } from 'vitest'
import { atLeast, callback, checkOptions, type OptionRules, oneOf } from '../../src/adapter.ts'
import { CapiConfigError } from '../../src/issue/errors.ts'

interface Options {
  readonly file: string
  readonly mode?: 'safe' | 'fast' | undefined
  readonly waitMs?: number | undefined
  readonly share?: number | undefined
  readonly onLoss?: ((loss: string) => void) | undefined
}

const onLoss = (_loss: string) => {}
const RULES: OptionRules<Options> = {
  file: { holds: (file) => typeof file === 'string', rule: 'is a path' },
  mode: oneOf('safe', 'fast'),
  waitMs: atLeast(10, 1_000),
  share: atLeast(0.1, 0.5, 1),
  onLoss: callback(onLoss),
}

function check(given: object, lines: string[] = []) {
  const warn = (line: string) => void lines.push(line)
  return checkOptions(given as Options, RULES, { name: 'openIt', warn })
}

describe('checkOptions', () => {
  it('fills in what is not given, and trims texts', () => {
    const filled = { file: 'x', mode: 'safe', waitMs: 1_000, share: 0.5, onLoss }
    expect(check({ file: ' x\n', mode: ' ', waitMs: undefined, share: null })).toEqual(filled)
  })

  it.each([
    [{}, 'openIt: file is a path.'],
    [{ file: 'x', mode: 'slow' }, "openIt: mode is 'safe' or 'fast'."],
    [{ file: 'x', waitMs: 9 }, 'openIt: waitMs is a number from 10 up.'],
    [{ file: 'x', waitMs: '10' }, 'openIt: waitMs is a number from 10 up.'],
    [{ file: 'x', waitMs: Number.NaN }, 'openIt: waitMs is a number from 10 up.'],
    [{ file: 'x', share: 2 }, 'openIt: share is a number from 0.1 to 1.'],
    [{ file: 'x', onLoss: 'log' }, 'openIt: onLoss is a function.'],
    [undefined, 'openIt takes an object of options.'],
  ])('refuses %j', (given, message) => {
    expect(() => check(given as object)).toThrow(new CapiConfigError('config_invalid', message))
  })

  it('reports unknown names with the nearest, and passes none of them on', () => {
    const lines: string[] = []
    expect(check({ file: 'x', waitMS: 5 }, lines)).not.toHaveProperty('waitMS')
    expect(lines).toEqual([
      'openIt ignores an option it does not know: "waitMS", meant "waitMs"? (option_unknown)',
    ])
  })
})
