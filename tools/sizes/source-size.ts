import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface SourceSize {
  /** A folder of the sources, `src` for what stands in none. */
  readonly part: string
  readonly files: number
  /** All of them: code, comments, blank ones. */
  readonly lines: number
  /** Without comments and blank lines. */
  readonly codeLines: number
}

const isCode = (line: string): boolean => !/^\s*(?:\/\/|\/\*|\*|$)/.test(line)

function sizeOf(part: string, paths: readonly string[]): SourceSize {
  const lines = paths.flatMap((path) => readFileSync(path, 'utf8').trimEnd().split('\n'))
  return { part, files: paths.length, lines: lines.length, codeLines: lines.filter(isCode).length }
}

/** How large a package's sources are: all of them, then each folder where there are some. */
export function sourceSizes(folder: string): SourceSize[] {
  const paths = globSync(join(folder, 'src/**/*.{ts,tsx}'))
  const parts = Map.groupBy(paths, (path) => {
    const [first = '', ...deeper] = path.slice(folder.length + '/src/'.length).split('/')
    return deeper.length === 0 ? 'src' : `src/${first}`
  })
  const ofParts = [...parts].map(([part, some]) => sizeOf(part, some))
  return [sizeOf('all', paths), ...(parts.size > 1 ? ofParts : [])]
}
