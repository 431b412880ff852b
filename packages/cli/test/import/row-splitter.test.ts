import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Row, rowSplitter, type Shape } from '../../src/import/read/row-splitter.ts'

function rowsOf(text: string, shape: Partial<Shape> = {}, cut = 7): Row[] {
  const splitter = rowSplitter({ delimiter: ',', headerLines: 1, width: 2, ...shape })
  const bytes = Buffer.from(text)
  const rows: Row[] = []
  for (let at = 0; at < bytes.length; at += cut)
    rows.push(...splitter.push(bytes.subarray(at, at + cut)))
  return [...rows, ...splitter.end()]
}

it('costs only the row where a quote stands in the wrong place', () => {
  const text = 'a,b\n1,2\n"x"y,3\n4,5\n6,a"b\n7,8\n"open,9\n10,11\n12,13\n"q",1\n'
  expect(rowsOf(text).map(({ line, cells, fault }) => [line, fault ?? cells])).toEqual([
    [2, ['1', '2']],
    [3, 'row_unreadable'],
    [4, ['4', '5']],
    [5, ['6', 'a"b']],
    [6, ['7', '8']],
    [7, 'row_unreadable'],
    [8, ['10', '11']],
    [9, ['12', '13']],
    [10, ['q', '1']],
  ])
})

it('reads on behind a quote that is never closed', () => {
  const many = Array.from({ length: 50_000 }, (_, index) => `${index},x`).join('\n')
  const rows = rowsOf(`a,b\n"never,1\n${many}`, {}, 4_096)
  expect(rows).toHaveLength(50_001)
  expect(rows[0]).toMatchObject({ line: 2, fault: 'row_unreadable' })
  expect(rows.at(-1)).toEqual({ line: 50_002, cells: ['49999', 'x'] })
})

it('refuses a row of too few or too many cells, and takes empty cells behind the last column for none', () => {
  expect(
    rowsOf('a,b\n1\n1,2,3\n1,2,,\n\n,\n5,6').map(({ fault, cells }) => fault ?? cells),
  ).toEqual(['row_ragged', 'row_ragged', ['1', '2'], ['5', '6']])
})

it('counts lines through line breaks in cells, and through those of Windows', () => {
  expect(rowsOf('a,b\r\n"1\r\n2",3\r\n4,5\r\n')).toEqual([
    { line: 2, cells: ['1\r\n2', '3'] },
    { line: 4, cells: ['4', '5'] },
  ])
})

it('reads back every table, wherever the bytes are cut', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'ü', '"', ',', '\n', '\r\n', ' ', '日') })
  const table = fc.array(fc.tuple(cell, cell, cell), { maxLength: 12 })
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 40 }), (given, cut) => {
      const rows = given.filter((row) => row.some((one) => one !== ''))
      const quoted = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
      const text = ['a,b,c', ...quoted].join('\n')
      expect(rowsOf(text, { width: 3 }, cut).map(({ cells }) => cells)).toEqual(rows)
    }),
  )
})

it('loses no line of any text', () => {
  const line = fc.string({ unit: fc.constantFrom('x', '"', ',', 'é'), minLength: 1 })
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 20 }),
      fc.integer({ min: 1, max: 30 }),
      (lines, cut) => {
        const text = ['a,b', ...lines].join('\n')
        const rows = rowsOf(text, {}, cut)
        const covered = new Set(
          rows.flatMap(({ line: at, cells }) =>
            cells
              .join('\n')
              .split('\n')
              .map((_, index) => at + index),
          ),
        )
        for (const [index, one] of lines.entries())
          if (/[xé]/.test(one)) expect(covered).toContain(index + 2)
      },
    ),
  )
})
