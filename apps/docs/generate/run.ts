/** Writes every page that Starlight builds: `node --conditions=@capi/source generate/run.ts` */
import { rmSync } from 'node:fs'
import { fillIn } from './fill-in.ts'
import { namedHeaders } from './named-headers.ts'
import { readPages, writePage } from './page.ts'
import { CONTENT, PAGES } from './places.ts'
import { readmePages } from './readme-pages.ts'
import { referencePages } from './reference.ts'

rmSync(PAGES, { recursive: true, force: true })
const written = readPages(CONTENT).map((page) => ({ ...page, body: fillIn(page.body) }))
for (const page of [...written, ...readmePages(), ...(await referencePages())]) {
  writePage(PAGES, { ...page, body: namedHeaders(page.body) })
}
