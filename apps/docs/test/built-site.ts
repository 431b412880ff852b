import { existsSync, globSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { BUILT } from '../generate/places.ts'

if (!existsSync(join(BUILT, 'index.html'))) {
  throw new Error('The site is not built. Run `npx -y pnpm@12.21.0 build` first.')
}

export interface BuiltPage {
  /** `/quick-start/` */
  readonly address: string
  readonly html: string
  readonly ids: ReadonlySet<string>
  /** What the page links to or loads, as written. */
  readonly targets: readonly string[]
}

/** Every page of the site as it would be served. */
export function builtPages(): BuiltPage[] {
  return globSync('**/*.html', { cwd: BUILT })
    .filter((file) => file !== '404.html')
    .sort()
    .map((file) => {
      const html = readFileSync(join(BUILT, file), 'utf8')
      return {
        address: `/${file.replace(/index\.html$/, '')}`,
        html,
        ids: new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => unescaped(id))),
        targets: [...html.matchAll(/<[a-z][^<>]*?\s(?:href|src)="([^"]*)"/g)].map(([, at = '']) =>
          unescaped(at),
        ),
      }
    })
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
}

/** Serves what was built, as any static host would, on a free port of this machine. */
export async function serveBuilt(): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const file = join(
      BUILT,
      decodeURIComponent(pathname),
      pathname.endsWith('/') ? 'index.html' : '',
    )
    if (!file.startsWith(BUILT) || !existsSync(file)) {
      response.writeHead(404).end()
      return
    }
    const type = TYPES[extname(file)] ?? 'application/octet-stream'
    response.writeHead(200, { 'Content-Type': type }).end(readFileSync(file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function unescaped(attribute: string): string {
  return attribute
    .replaceAll('&#38;', '&')
    .replaceAll('&amp;', '&')
    .replaceAll('&#x26;', '&')
    .replaceAll('&quot;', '"')
}
