import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import { publicPackages } from './packages.ts'
import type { Page } from './page.ts'
import { REPOSITORY } from './places.ts'

/** The READMEs of packages and examples as pages, so that both say the same. */
export function readmePages(): Page[] {
  const packages = publicPackages().map(({ folder }) => `packages/${folder}`)
  const examples = globSync('apps/example-*', { cwd: REPOSITORY }).sort()
  const places = new Map([
    ...packages.map((folder) => [folder, `packages/${basename(folder)}`] as const),
    ...examples.map((folder) => [folder, `examples/${basename(folder)}`] as const),
  ])
  return [...places].map(([folder, slug]) => readmePage(folder, slug, places))
}

function readmePage(folder: string, slug: string, places: ReadonlyMap<string, string>): Page {
  const text = readFileSync(join(REPOSITORY, folder, 'README.md'), 'utf8')
  const [, title = '', body = ''] = /^# ([^\n]*)\n(.*)$/s.exec(text) ?? []
  if (title === '') throw new Error(`${folder}/README.md does not begin with its title`)
  return {
    slug,
    title,
    description: plain(body.trim().split('\n\n')[0] ?? ''),
    settings: '',
    body: withSiteLinks(body, folder, places),
  }
}

/** Links of a README are paths of the repository: to a page of this site, or else to a file, which is named. */
function withSiteLinks(body: string, folder: string, places: ReadonlyMap<string, string>): string {
  return body.replaceAll(
    /\[([^\]]+)\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g,
    (_link, text: string, path: string, anchor = '') => {
      const target = posix.join(folder, path)
      const slug = places.get(target)
      if (slug !== undefined) return `[${text}](/${slug}/${anchor})`
      if (target.startsWith('..')) throw new Error(`${folder}/README.md links to ${path}`)
      const isNamed = text.startsWith('`') && text.includes(basename(path))
      return isNamed ? text : `${text} (\`${posix.join(dirname(target), basename(target))}\`)`
    },
  )
}

function plain(markdown: string): string {
  return markdown
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replaceAll(/[`*]/g, '')
    .replaceAll('\n', ' ')
}
