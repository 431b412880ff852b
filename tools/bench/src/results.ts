import { readFileSync } from 'node:fs'
import type { Figure } from './figure.ts'

/** Core beside Meta's SDK, as someone who chooses between them sees it. */
export interface Comparison {
  readonly sdk: string
  readonly dependencies: { readonly sdk: number; readonly core: number }
  readonly downloadKb: { readonly sdk: number; readonly core: number }
  readonly loadMs: { readonly sdk: number; readonly core: number }
}

/** What a whole run leaves in `results.json`. */
export interface Results {
  readonly date: string
  readonly node: string
  readonly machine: string
  readonly load: number
  readonly rows: readonly Figure[]
  readonly comparison: Comparison
}

export const RESULTS = new URL('../results.json', import.meta.url)

export function readResults(): Results {
  return JSON.parse(readFileSync(RESULTS, 'utf8'))
}
