import { expect, it } from 'vitest'
import { lineChart } from '../../src/quality/line-chart.ts'

it('draws a line from value to value, with its scale', () => {
  expect(lineChart([1, 4, 4, 2, 2, 3], 4)).toEqual([
    '4.0 ┤ ╭─╮',
    '3.0 ┤ │ │ ╭',
    '2.0 ┤ │ ╰─╯',
    '1.0 ┤─╯',
  ])
})

it('draws equal values on one line', () => {
  expect(lineChart([5, 5], 2)[0]).toBe('5.0 ┤──')
})
