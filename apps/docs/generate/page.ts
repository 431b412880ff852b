import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A page of the site, as Markdown. */
export interface Page {
  /** Its address without slashes around it; `index` is the first page. */
  readonly slug: string
  readonly title: string
  readonly description: string
  /** Further lines of front matter, as they are. */
  readonly settings: string
  readonly body: string
}

const FRONT_MATTER = /^---\n(.*?)\n---\n/s

function readPage(folder: string, file: string): Page {
  const text = readFileSync(join(folder, file), 'utf8')
  const [block = '', matter = ''] = FRONT_MATTER.exec(text) ?? []
  const setting = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(matter)?.[1]
  const [title, description] = [setting('title'), setting('description')]
  if (title === undefined || description === undefined)
    throw new Error(`${file} needs a title and a description in its front matter`)
  return {
    slug: file.replace(/\.md$/, '').replaceAll('\\', '/'),
    title: unquoted(title),
    description: unquoted(description),
    settings: matter.replace(/^(?:title|description): .*\n?/gm, ''),
    body: text.slice(block.length),
  }
}

export function readPages(folder: string): Page[] {
  return globSync('**/*.md', { cwd: folder })
    .sort()
    .map((file) => readPage(folder, file))
}

export function writePage(folder: string, page: Page): void {
  const file = join(folder, `${page.slug}.md`)
  mkdirSync(dirname(file), { recursive: true })
  const matter = [
    `title: ${JSON.stringify(page.title)}`,
    `description: ${JSON.stringify(page.description)}`,
    page.settings,
  ]
  writeFileSync(file, `---\n${matter.filter(Boolean).join('\n')}\n---\n${page.body}`)
}

function unquoted(text: string): string {
  return /^".*"$/.test(text) ? String(JSON.parse(text)) : text
}
