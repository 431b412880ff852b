/** Trims JavaScript's white space and the invisible characters that `trim` leaves (U+200B, U+2060; U+FEFF it takes). */
export function trimInvisible(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text.charCodeAt(start))) start++
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--
  return start === 0 && end === text.length ? text : text.slice(start, end)
}

function isBlank(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d)
  if (code < 0xa0) return false
  return (
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x2060 ||
    code === 0x3000 ||
    code === 0xfeff
  )
}

export function hasBlank(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (isBlank(text.charCodeAt(i))) return true
  return false
}

/** Deletes every blank, wherever it stands. */
export function removeBlanks(text: string): string {
  if (!hasBlank(text)) return text
  let kept = ''
  for (const character of text) if (!isBlank(character.charCodeAt(0))) kept += character
  return kept
}
