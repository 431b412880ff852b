/** Gives table columns without a heading one for those who have the page read to them. */
export function namedHeaders(markdown: string): string {
  return markdown.replaceAll(/^(\|.*\|) *\n(?=\|[\s:|-]+\| *$)/gm, (_line, row: string) => {
    const cells = row.slice(1, -1).split('|')
    const named = cells.map((cell, index) =>
      cell.trim() === ''
        ? ` <span class="sr-only">${index === 0 ? 'What' : 'Meaning'}</span> `
        : cell,
    )
    return `|${named.join('|')}|\n`
  })
}
