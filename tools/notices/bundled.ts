import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** Where a package that was built in stands. */
type Folders = ReadonlyMap<string, string>

/** The package folder in an address such as `…/node_modules/@noble/hashes/sha2.js`. */
const PACKAGE = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)(?=\/)/

function collect(map: string, folders: Map<string, string>): void {
  const { sources }: { sources: readonly string[] } = JSON.parse(readFileSync(map, 'utf8'))
  for (const source of sources) {
    const [folder, name] = PACKAGE.exec(resolve(dirname(map), source)) ?? []
    if (folder !== undefined && name !== undefined) folders.set(name, folder)
  }
}

/** The page is shipped without source maps, so it is built once more with them, elsewhere. */
function collectFromPage(folder: string, folders: Map<string, string>): void {
  if (!existsSync(join(folder, 'page/vite.config.ts'))) return
  const outDir = mkdtempSync(join(tmpdir(), 'capi-notices-'))
  try {
    const args = ['build', 'page', '--sourcemap', '--outDir', outDir, '--emptyOutDir']
    execFileSync(resolve(folder, 'node_modules/.bin/vite'), [...args, '--logLevel', 'error'], {
      cwd: folder,
      stdio: 'inherit',
    })
    for (const map of globSync(join(outDir, '*.map'))) collect(map, folders)
  } finally {
    rmSync(outDir, { recursive: true })
  }
}

/** The packages of others whose code is in a package's built files, as their source maps tell. */
export function bundledPackages(folder: string): Folders {
  const folders = new Map<string, string>()
  for (const map of globSync(join(folder, 'dist/**/*.map'))) collect(map, folders)
  collectFromPage(folder, folders)
  return new Map([...folders].sort(([a], [b]) => (a < b ? -1 : 1)))
}
