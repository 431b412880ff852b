/** Columns as wide as their longest cell; numbers stand to the right, but for the first column: those are names. */
export function tableText(rows: readonly (readonly (string | number)[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => String(row[column] ?? '').length)),
  )
  const isRight = widths.map(
    (_, column) =>
      column > 0 && rows.slice(1).every((row) => /^[\d.,%]*$/.test(String(row[column] ?? ''))),
  )
  const cell = (text: string, column: number) =>
    isRight[column] ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0)
  return rows
    .map((row) =>
      row
        .map((value, column) => cell(String(value), column))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
