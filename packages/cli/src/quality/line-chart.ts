/** A column for each value: a line from its height to that of the next. @param height lines, at least 2 */
export function lineChart(values: readonly number[], height: number): readonly string[] {
  const least = Math.min(...values)
  const most = Math.max(...values)
  const range = most - least || 1
  const rowOf = (value: number) => Math.round(((most - value) / range) * (height - 1))
  const rows = Array.from({ length: height }, () =>
    Array.from({ length: values.length }, () => ' '),
  )
  values.forEach((value, column) => {
    const to = rowOf(value)
    const from = column === 0 ? to : rowOf(values[column - 1] ?? value)
    for (const [row, mark] of marks(from, to)) {
      const line = rows[row]
      if (line !== undefined) line[column] = mark
    }
  })
  const labels = rows.map((_, row) => (most - (range * row) / (height - 1)).toFixed(1))
  const width = Math.max(...labels.map((label) => label.length))
  return rows.map(
    (row, index) => `${(labels[index] ?? '').padStart(width)} ┤${row.join('').trimEnd()}`,
  )
}

/** From one row to another in one column; rows count downwards. */
function* marks(from: number, to: number): Generator<readonly [number, string]> {
  if (from === to) return yield [to, '─']
  const isFalling = to > from
  yield [from, isFalling ? '╮' : '╯']
  yield [to, isFalling ? '╰' : '╭']
  for (let row = Math.min(from, to) + 1; row < Math.max(from, to); row++) yield [row, '│']
}
