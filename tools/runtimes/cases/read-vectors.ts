import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const FOLDER = join(import.meta.dirname, '../../../packages/core/vectors')

/** The text of every file in core's `vectors`, by its name. */
export function readVectors(): Readonly<Record<string, string>> {
  const files = globSync(join(FOLDER, '*.json')).toSorted()
  return Object.fromEntries(files.map((file) => [basename(file), readFileSync(file, 'utf8')]))
}
