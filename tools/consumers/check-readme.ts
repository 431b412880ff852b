import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { REPOSITORY } from '../public-packages.ts'
import { FORMATS } from './compiler-options.ts'
import { firstSnippet, readingOf } from './readmes.ts'
import { compileSnippet, readAlong } from './run-snippet.ts'
import type { DependencySet } from './sets.ts'
import { EMITS } from './versions.ts'
import type { Workshop } from './workshop.ts'

const NO_AWAIT = 'awaits at the top level, which CommonJS does not have'

/** Copies the first snippet of a README into an application, as a reader does, and runs it on every Node.js. */
export async function checkReadme(
  { packed, toolchains, rows, servers }: Workshop,
  set: Pick<DependencySet, 'name' | 'needsDom'> & { readonly folder: string },
  readme: string,
): Promise<void> {
  const folder = packed.find(({ name }) => name === readme)?.folder ?? REPOSITORY
  const snippet = firstSnippet(readFileSync(join(folder, 'README.md'), 'utf8'))
  for (const format of FORMATS) {
    const title = `${set.name} | ${format} | README of ${readme}`
    const home = join(set.folder, `readme-${readme.replace('/', '-')}-${format}`)
    if (format === 'cjs' && /^(?!\s).*\bawait\b/m.test(snippet)) {
      rows.skip(title, NO_AWAIT)
      continue
    }
    const tsc = toolchains.compilers.get(EMITS.nodenext) ?? ''
    const compiles = await rows.check(`${title} | TypeScript ${EMITS.nodenext} compiles`, () =>
      compileSnippet(home, { snippet, format, tsc, needsDom: set.needsDom }),
    )
    if (!compiles) continue
    const reading = readingOf(readme)
    for (const [version, node] of toolchains.nodes)
      await rows.checkUnless(
        servers.missing(reading.server),
        `${title} | Node ${version} runs it`,
        () =>
          servers.use(reading.server, (env) =>
            readAlong({ home, format, node, env, setFolder: set.folder }, reading),
          ),
      )
  }
}
