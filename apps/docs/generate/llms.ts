/**
 * Writes what programs read, beside the built pages: `/llms.txt`, `/llms-full.txt`, and each page as Markdown.
 *   node --conditions=@capi/source generate/llms.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SECTIONS } from '../src/sidebar.ts'
import { type Page, readPages } from './page.ts'
import { BUILT, PAGES } from './places.ts'

const ABOUT = `# @capi

> The TypeScript toolkit for Meta's Conversions API: send purchases, leads and sign-ups from a server beside the browser's
> Pixel, matched, counted once, and never at the cost of a request.

The packages need Node.js 22.13 or newer and are not on npm yet. All pages but the API reference in one file:
[/llms-full.txt](/llms-full.txt).
`

/** Where the API reference stands: too long for the file that holds everything. */
const REFERENCE = 'reference'

const pages = new Map(readPages(PAGES).map((page) => [page.slug, page]))

const sections = SECTIONS.map(({ label, pages: listed }) => ({
  label,
  pages:
    'folder' in listed
      ? [...pages.values()].filter(({ slug }) => slug.startsWith(`${listed.folder}/`))
      : listed.flatMap((slug) => pages.get(slug) ?? []),
}))

const lists = sections.map(({ label, pages }) =>
  [
    `## ${label}\n`,
    ...pages.map(({ slug, title, description }) => `- [${title}](/${slug}.md): ${description}`),
  ].join('\n'),
)
write('llms.txt', `${[ABOUT, ...lists].join('\n\n')}\n`)

for (const page of pages.values()) write(`${page.slug}.md`, asText(page))

const whole = sections.flatMap(({ pages }) =>
  pages.filter(({ slug }) => !slug.startsWith(`${REFERENCE}/`)).map(asText),
)
write('llms-full.txt', whole.join('\n\n'))

/** A diagram is told in words. */
function asText({ title, body }: Page): string {
  const text = body.replaceAll(
    /<figure class="diagram.*?<desc[^>]*>(.*?)<\/desc>.*?<\/figure>/gs,
    '(Diagram: $1)',
  )
  return `# ${title}\n\n${text.trim()}\n`
}

function write(path: string, text: string): void {
  const file = join(BUILT, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
