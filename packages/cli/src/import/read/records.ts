import { type Row, rowSplitter, type Shape } from './row-splitter.ts'
import type { Place, SourceFile } from './source-file.ts'

/** Rows that were read together, and the end of the part of the file that they end in. */
export interface Rows {
  readonly rows: readonly Row[]
  readonly place: Place
}

/**
 * Reads the rows below the header, some at a time.
 * @param mayGrow asked before a last row without a line break: true where the rest of it may still be written
 */
export async function* readRows(
  file: SourceFile,
  shape: Shape,
  mayGrow: () => Promise<boolean>,
): AsyncGenerator<Rows> {
  const splitter = rowSplitter(shape)
  let place: Place | undefined
  for await (const { utf8, ...end } of file.parts()) {
    place = end
    const rows = splitter.push(utf8)
    if (rows.length > 0) yield { rows, place }
  }
  if (place === undefined || (await mayGrow())) return
  const rows = splitter.end()
  if (rows.length > 0) yield { rows, place }
}
