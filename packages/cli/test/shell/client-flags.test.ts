import { Command } from 'commander'
import { expect, it } from 'vitest'
import { withClientFlags } from '../../src/shell/client-flags.ts'

const timeoutOf = (text: string): unknown =>
  withClientFlags(new Command()).parse(['--timeout', text], { from: 'user' }).opts()['timeout']

it.each(['0.5', '1', '30'])('takes %s for a number of seconds', (text) => {
  expect(timeoutOf(text)).toBe(Number(text))
})

it.each(['0', '-1', '', ' ', 'ten', 'Infinity', '1e999'])('refuses "%s" for one', (text) => {
  expect(() => timeoutOf(text)).toThrow(`${text} is no number of seconds above 0.`)
})
