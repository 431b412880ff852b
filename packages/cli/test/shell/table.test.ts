import { expect, it } from 'vitest'
import { tableText } from '../../src/shell/table.ts'

it('puts numbers to the right, but for the first column', () => {
  const rows = [
    ['id', 'count', 'share', 'name'],
    [7, 1_000, '2.5%', 'Lead'],
    [12_345, 3, '', 'x'],
  ]
  expect(tableText(rows).split('\n')).toEqual([
    'id     count  share  name',
    '7       1000   2.5%  Lead',
    '12345      3         x',
  ])
})
