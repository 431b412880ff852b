/** A header as it is compared: without case, brackets, quotes and accents of writing; blanks, `_` and `-` are equal. */
export function foldHeader(header: string): string {
  return header
    .normalize('NFKC')
    .trim()
    .replace(/^[["'“”]+|[\]"'“”]+$/g, '')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()
}
