/** Of chips in a monospaced font of 11 px: a letter's width in any common one, and what surrounds a chip. */
const LETTER_PX = 6.8
const AROUND_PX = 14

/** How many chips fit into a width, with room for the "+3" that counts the others. At least one. */
export function fitChips(texts: readonly string[], widthPx: number): number {
  const widths = texts.map((text) => text.length * LETTER_PX + AROUND_PX)
  const all = widths.reduce((sum, width) => sum + width, 0)
  if (all <= widthPx) return texts.length
  let left = widthPx - ('+99'.length * LETTER_PX + AROUND_PX)
  const cut = widths.findIndex((width) => {
    left -= width
    return left < 0
  })
  return Math.max(1, cut)
}
