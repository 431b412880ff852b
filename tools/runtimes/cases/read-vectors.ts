import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Vector } from './to-bytes.ts'

const FOLDER = join(import.meta.dirname, '../../../packages/core/vectors')

/** Every entry of every file in core's `vectors`, by file and position. */
export function readVectors(): Readonly<Record<string, Vector>> {
  const files = globSync(join(FOLDER, '*.json')).toSorted()
  return Object.fromEntries(
    files.flatMap((file) => {
      const list: readonly Vector[] = JSON.parse(readFileSync(file, 'utf8'))
      return list.map((vector, index) => [`${basename(file)} ${index}`, vector] as const)
    }),
  )
}
