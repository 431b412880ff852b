import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readManifest } from '../public-packages.ts'

const RULE = '-'.repeat(79)

/** @throws when a package comes without its licence: somebody has to find it. */
function licenceOf(name: string, folder: string): string {
  const [file] = globSync('{LICENSE,LICENCE,license,licence}{,.md,.txt}', { cwd: folder })
  if (file === undefined) throw new Error(`${name} is built in and has no licence file`)
  const { version } = readManifest(folder)
  return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
}

/** What stands in a package's THIRD-PARTY-NOTICES; undefined when it has nobody else's code inside. */
export function noticeText(
  owner: string,
  bundled: ReadonlyMap<string, string>,
): string | undefined {
  if (bundled.size === 0) return undefined
  const licences = [...bundled].map(([name, folder]) => licenceOf(name, folder))
  const head = `The built files of ${owner} contain code of the following packages.\nWritten by npx -y pnpm@12.21.0 notices\n`
  return [head, ...licences].join(`\n${RULE}\n\n`)
}
