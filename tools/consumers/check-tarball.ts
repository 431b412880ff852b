import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Manifest, REPOSITORY } from '../public-packages.ts'
import type { Packed } from './pack.ts'

const REQUIRED = ['package.json', 'README.md', 'LICENSE', 'dist', 'src']

/** What nobody but us has a use for. */
const NO_PATH =
  /(?:^|\/)(?:tests?|bench|node_modules|\.snippets|\.turbo)\/|\.(?:test|test-d|bench|browser)\.ts$|tsconfig|\.env/

/** What a manifest must not say outside the workspace. */
const WORKSPACE_ONLY = /"(?:workspace|catalog):|"@capi\/source":/
const NO_TEXT: Readonly<Record<string, RegExp>> = {
  'an address of a registry':
    /https?:\/\/[\w.:-]*(?:registry|npmjs|verdaccio|artifactory|nexus)[\w.:-]*/i,
  'a path of a machine': /file:\/\/\/|(?:^|["'\s(])(?:\/home\/|\/Users\/|[A-Z]:\\{1,2}Users)/,
}

/** What is wrong with a tarball, a line each. */
export function tarballProblems({ folder, manifest }: Packed): readonly string[] {
  const files = globSync('**/*', { cwd: folder }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  )
  return [
    ...REQUIRED.filter((path) => !existsSync(join(folder, path))).map(
      (path) => `${path} is missing: build first`,
    ),
    ...manifestProblems(manifest),
    ...targets(manifest)
      .filter((path) => !existsSync(join(folder, path)))
      .map((path) => `package.json names ${path}, which is not there`),
    ...files
      .filter((path) => NO_PATH.test(path))
      .map((path) => `${path} has no place in a package`),
    ...files.flatMap((path) => textProblems(folder, path)),
    ...files.filter((path) => path.endsWith('.map')).flatMap((path) => mapProblems(folder, path)),
  ]
}

/** What is for this repository alone, and versions that no security fix could follow. */
function manifestProblems(manifest: Manifest): readonly string[] {
  const exact = Object.entries(manifest.dependencies ?? {}).filter(([, as]) => /^\d/.test(as))
  return [
    ...(manifest.devDependencies || manifest.scripts
      ? ['package.json has devDependencies or scripts']
      : []),
    ...exact.map(
      ([name, as]) => `package.json asks for ${name} ${as} alone, and not for its fixes`,
    ),
  ]
}

/** Every file that package.json names, however deep. */
function targets(value: unknown): readonly string[] {
  if (typeof value === 'string') return /^\.\/(?!.*\*)/.test(value) ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(targets)
}

function textProblems(folder: string, path: string): readonly string[] {
  const text = readFileSync(join(folder, path), 'utf8')
  const own = [REPOSITORY, `${homedir()}/`].filter((one) => text.includes(one))
  const found = Object.entries(NO_TEXT).filter(([, pattern]) => pattern.test(text))
  return [
    ...(path === 'package.json' && WORKSPACE_ONLY.test(text)
      ? [`${path} names the workspace`]
      : []),
    ...own.map(() => `${path} holds a path of this machine`),
    ...found.map(([what, pattern]) => `${path} holds ${what}: ${pattern.exec(text)?.[0]}`),
  ]
}

/** A debugger finds each source, in the map or beside it, and a download holds it once. */
function mapProblems(folder: string, path: string): readonly string[] {
  const map = JSON.parse(readFileSync(join(folder, path), 'utf8')) as {
    readonly sources: readonly string[]
    readonly sourcesContent?: readonly (string | null)[]
  }
  const isPacked = (source: string) => existsSync(join(folder, dirname(path), source))
  const twice = map.sources.filter(
    (source, at) => map.sourcesContent?.[at] && source.includes('/src/') && isPacked(source),
  )
  return map.sources
    .filter((source, at) => !map.sourcesContent?.[at] && !isPacked(source))
    .map((source) => `${path} names ${source}, which is not there`)
    .concat(twice.map((source) => `${path} holds ${source}, which is packed itself`))
}
