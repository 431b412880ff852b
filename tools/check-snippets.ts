// Type-checks every ```ts block of every README and of the documentation site, each as a module of the
// folder it stands in, so that what a reader copies compiles. An excerpt that cannot stand alone is fenced as ```js instead.
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The pages of the site; its package depends on all that they use, and so on all that the root's README does. */
const SITE = { home: 'apps/docs', pages: 'apps/docs/content/**/*.md' }

interface Snippet {
  readonly home: string
  readonly file: string
  readonly code: string
}

function snippetsOf(path: string, home: string, name: string): Snippet[] {
  const blocks = [...readFileSync(path, 'utf8').matchAll(/^```ts(?: [^\n]*)?\n(.*?)^```$/gms)]
  return blocks.map(([, code = ''], index) => ({
    home,
    file: `${name}-${index + 1}.ts`,
    code: `${code}\nexport {}\n`,
  }))
}

const snippets = [
  ...snippetsOf('README.md', SITE.home, 'root'),
  ...globSync('{packages,apps}/*/README.md').flatMap((path) =>
    snippetsOf(path, dirname(path), 'readme'),
  ),
  ...globSync(SITE.pages).flatMap((path) =>
    snippetsOf(path, SITE.home, path.slice(SITE.home.length + 1, -3).replaceAll('/', '-')),
  ),
]
const homes = [...new Set(snippets.map((snippet) => snippet.home))]
let isBroken = false
for (const home of homes) {
  const folder = join(home, '.snippets')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  for (const { file, code } of snippets.filter((one) => one.home === home)) {
    writeFileSync(join(folder, file), code)
  }
  // A framework may ask its users for compiler options of its own: Nest for decorators.
  const own = existsSync(join(home, 'snippets.tsconfig.json'))
  const base = own ? '../snippets.tsconfig.json' : '../../../tsconfig.base.json'
  const config = { extends: base, include: ['*.ts'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  try {
    execFileSync(join(home, 'node_modules/.bin/tsc'), ['-p', folder], { stdio: 'inherit' })
  } catch {
    isBroken = true // tsc has printed what is wrong, with the snippet's file and line.
  }
}
if (isBroken) process.exit(1)
console.log(`${snippets.length} snippets compile`)
